package yikao.participant;

import static yikao.db.jooq.Tables.PARTICIPANT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Lookup;
import yikao.db.StatementBatch;

/** Participants in the database. */
@Singleton
public final class Participants {
  private static final Lookup<Record4<UUID, String, Long, String>> BY_ID =
      new Lookup<>(dsl ->
          dsl.select(
                  PARTICIPANT.ID, PARTICIPANT.NAME, PARTICIPANT.ORGANISATION_ID, PARTICIPANT.BRANCH)
              .from(PARTICIPANT)
              .where(Lookup.among(PARTICIPANT.ID)));

  private static final Bulk INSERT =
      Bulk.insert(
          PARTICIPANT,
          List.of(
              PARTICIPANT.ID,
              PARTICIPANT.NAME,
              PARTICIPANT.ORGANISATION_ID,
              PARTICIPANT.BRANCH,
              PARTICIPANT.CREATED_AT));

  private static final Bulk UPDATE =
      Bulk.update(
          PARTICIPANT,
          List.of(PARTICIPANT.NAME, PARTICIPANT.ORGANISATION_ID, PARTICIPANT.BRANCH),
          List.of(PARTICIPANT.ID));

  /** Participants by their ids; those that there are. */
  public Map<UUID, Participant> find(DSLContext dsl, Collection<UUID> ids) {
    var found = new HashMap<UUID, Participant>();
    BY_ID.fetch(
        dsl,
        r -> {
          var branch = Branch.of(Optional.ofNullable(r.value3()), Optional.ofNullable(r.value4()));
          found.put(r.value1(), new Participant(r.value1(), r.value2(), branch));
        },
        sorted(ids));
    return found;
  }

  /** Two transactions that concern the same participants come one after the other. */
  public void lock(DSLContext dsl, Collection<UUID> ids) {
    dsl.select(PARTICIPANT.ID)
        .from(PARTICIPANT)
        .where(PARTICIPANT.ID.eq(DSL.any(sorted(ids))))
        .orderBy(PARTICIPANT.ID)
        .forUpdate()
        .fetch();
  }

  /**
   * Adds the statements that store participants.
   *
   * @param fresh who are not there yet, in the order of their ids
   * @param changed who are there with another name or branch, in the order of their ids
   */
  public void store(
      StatementBatch changes,
      Collection<Participant> fresh,
      Collection<Participant> changed,
      Instant now) {
    if (!fresh.isEmpty()) {
      INSERT.addTo(changes, rows(fresh, now));
    }
    if (!changed.isEmpty()) {
      UPDATE.addTo(changes, changed.stream().map(Participants::changedRow).toList());
    }
  }

  private static List<Object[]> rows(Collection<Participant> fresh, Instant now) {
    var rows = new ArrayList<Object[]>();
    for (var p : fresh) {
      rows.add(
          new Object[] {
            p.id(), p.name(), p.branch().known().orElse(null), p.branch().named().orElse(null), now
          });
    }
    return rows;
  }

  private static Object[] changedRow(Participant p) {
    return new Object[] {
      p.name(), p.branch().known().orElse(null), p.branch().named().orElse(null), p.id()
    };
  }

  /** Nothing is left of who a participant is. */
  public void erase(DSLContext dsl, UUID id) {
    dsl.update(PARTICIPANT).set(PARTICIPANT.NAME, "").where(PARTICIPANT.ID.eq(id)).execute();
  }

  private static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().distinct().sorted().toArray(UUID[]::new);
  }
}
