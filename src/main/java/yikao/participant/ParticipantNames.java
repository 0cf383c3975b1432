package yikao.participant;

import static yikao.db.jooq.Tables.PARTICIPANT;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import yikao.db.Transactions;

/** Names of the participants that are shown, kept for some seconds: a participant may change it. */
@Singleton
public final class ParticipantNames {
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final Cache<UUID, String> known =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(10_000).build();

  ParticipantNames(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The names of these. */
  public Map<UUID, String> of(Collection<UUID> participants) {
    var names = new HashMap<>(known.getAllPresent(participants));
    var missing = participants.stream().filter(id -> !names.containsKey(id)).toArray(UUID[]::new);
    if (missing.length > 0) {
      var read =
          transactions
              .read()
              .select(PARTICIPANT.ID, PARTICIPANT.NAME)
              .from(PARTICIPANT)
              .where(PARTICIPANT.ID.eq(DSL.any(missing)))
              .fetchMap(PARTICIPANT.ID, PARTICIPANT.NAME);
      known.putAll(read);
      names.putAll(read);
    }
    return names;
  }
}
