package yikao.db;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that serve over one database: known by a random id, new at each start.
 */
@Singleton
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private final UUID id = UUID.randomUUID();

  Node() {
    LOG.atInfo().addKeyValue("node", id).log("this node");
  }

  /** The id, never used by another process. */
  public UUID id() {
    return id;
  }
}
