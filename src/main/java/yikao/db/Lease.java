package yikao.db;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease as this node sees it; see {@link Leases}. For one thread. */
public final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private final Leases leases;
  private final String name;
  private Instant until = Instant.EPOCH;

  Lease(Leases leases, String name) {
    this.leases = leases;
    this.name = name;
  }

  /**
   * Whether this node has the lease; takes it where it is free, and renews it where it is due. To
   * be asked again before each piece of work.
   */
  public boolean isHeld() {
    if (leases.isAlone()) {
      return true;
    }
    if (leases.isDue(until)) {
      var had = until.isAfter(Instant.EPOCH);
      until = leases.take(name);
      var has = until.isAfter(Instant.EPOCH);
      if (has != had) {
        LOG.atInfo().addKeyValue("lease", name).log(has ? "lease taken" : "lease lost");
      }
    }
    return until.isAfter(Instant.EPOCH);
  }

  /** Gives the lease back, so that another node need not wait until it ends. */
  public void release() {
    if (until.isAfter(Instant.EPOCH)) {
      until = Instant.EPOCH;
      leases.release(name);
    }
  }
}
