package yikao.participant;

import static yikao.db.jooq.Tables.PARTICIPANT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import yikao.db.Transactions;

/**
 * Guests of before cookies were signed. Their cookies prove nothing, so that they are believed of
 * those alone who were here by then: nobody can add to these.
 */
@Singleton
final class FormerGuests {
  /** The migration that came with signed cookies. */
  private static final String MIGRATION = "15";

  private final Transactions transactions;
  private volatile Optional<Instant> signedSince = Optional.empty();

  FormerGuests(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Whether a guest was here before cookies were signed. */
  boolean contains(UUID guest) {
    return transactions
        .read()
        .fetchExists(
            PARTICIPANT, PARTICIPANT.ID.eq(guest).and(PARTICIPANT.CREATED_AT.lt(signedSince())));
  }

  private Instant signedSince() {
    var since = signedSince.or(this::readSignedSince).orElse(Instant.EPOCH);
    signedSince = Optional.of(since);
    return since;
  }

  private Optional<Instant> readSignedSince() {
    var installed = DSL.field(DSL.name("installed_on"), LocalDateTime.class);
    return transactions
        .read()
        .select(installed)
        .from(DSL.table(DSL.name("flyway_schema_history")))
        .where(DSL.field(DSL.name("version"), String.class).eq(MIGRATION))
        .fetchOptional(installed)
        .map(at -> at.atZone(ZoneId.systemDefault()).toInstant());
  }
}
