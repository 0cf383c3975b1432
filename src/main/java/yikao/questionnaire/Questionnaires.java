package yikao.questionnaire;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.audit.AuditLog;
import yikao.db.Compaction;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.questionnaire.Questionnaire.Phase;
import yikao.web.Problem;

/** Questionnaires: made, given out, closed, counted. */
@Singleton
final class Questionnaires {
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Transactions transactions;
  private final QuestionnaireStore store;
  private final Organisations organisations;
  private final Compaction compaction;
  private final NodeClock clock;
  private final AuditLog audit;

  Questionnaires(
      Transactions transactions,
      QuestionnaireStore store,
      Organisations organisations,
      Compaction compaction,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.store = store;
    this.organisations = organisations;
    this.compaction = compaction;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * A questionnaire.
   *
   * @throws Problem {@code no-such-questionnaire}
   */
  Questionnaire get(UUID id) {
    return find(id).orElseThrow(() -> Problem.notFound("no-such-questionnaire"));
  }

  Optional<Questionnaire> find(UUID id) {
    return store.find(transactions.read(), id);
  }

  List<Questionnaire> list(Optional<List<Long>> among, Optional<UUID> after, int most) {
    return store.list(transactions.read(), among, after, most);
  }

  Phase phase(Questionnaire questionnaire) {
    return questionnaire.phase(clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /** The organisation of a questionnaire and all below it. */
  List<Organisation> asked(Questionnaire questionnaire) {
    var tree = organisations.tree();
    return tree.byId(questionnaire.organisationId()).map(tree::subtree).orElse(List.of());
  }

  private List<Long> askedIds(Questionnaire questionnaire) {
    return asked(questionnaire).stream().map(Organisation::id).toList();
  }

  /** How many would be given a sheet if a draft were opened now. */
  int wouldBeGiven(Questionnaire draft) {
    return SheetStore.wouldBeGiven(transactions.read(), askedIds(draft));
  }

  /** How many sheets have come back. */
  int returned(Questionnaire questionnaire) {
    return questionnaire.closedAt().isPresent()
        ? questionnaire.returned()
        : returned(transactions.read(), questionnaire);
  }

  private static int returned(DSLContext dsl, Questionnaire questionnaire) {
    return questionnaire.content().anonymous()
        ? questionnaire.given() - SheetStore.stillOut(dsl, questionnaire.id())
        : SheetStore.sheets(dsl, questionnaire.id());
  }

  Questionnaire create(Actor actor, Organisation of, Asking content) {
    var fresh =
        new Questionnaire(
            UuidV7.at(clock.instant()),
            of.id(),
            content,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            1);
    return transactions.write(dsl -> {
      store.insert(dsl, fresh, actor.code());
      audit.append(dsl, actor.change("questionnaire.create", fresh.subject(), "", said(content)));
      return fresh;
    });
  }

  /** Without what it asks, which may be anything. */
  private static String said(Asking content) {
    return "%s, %d questions"
        .formatted(content.anonymous() ? "anonymous" : "named", content.questions().size());
  }

  /** A change of the version that was seen, and what is said of it. */
  private interface Change {
    String by(DSLContext dsl, Questionnaire seen, Instant now);
  }

  private Questionnaire change(
      Actor actor, UUID id, int version, Phase in, String action, Change change) {
    return transactions.write(dsl -> {
      var seen = store.held(dsl, id).orElseThrow(() -> Problem.notFound("no-such-questionnaire"));
      if (seen.version() != version) {
        throw stale();
      }
      var now = clock.instant();
      if (seen.phase(now) != in) {
        throw in == Phase.DRAFT
            ? Problem.conflict("questionnaire.not-draft")
            : Problem.conflict("questionnaire.not-open");
      }
      var said = change.by(dsl, seen, now);
      audit.append(dsl, actor.change(action, seen.subject(), "", said));
      return store.find(dsl, id).orElse(seen);
    });
  }

  private static Problem stale() {
    return Problem.of(HttpStatus.PRECONDITION_FAILED, "questionnaire.stale");
  }

  private static void require(boolean isDone) {
    if (!isDone) {
      throw stale();
    }
  }

  /**
   * Edits a draft.
   *
   * @throws Problem where it is none any more, or another version was seen, here as below
   */
  Questionnaire edit(Actor actor, UUID id, int version, Asking content) {
    return change(
        actor,
        id,
        version,
        Phase.DRAFT,
        "questionnaire.edit",
        (dsl, seen, _) -> {
          require(store.edit(dsl, seen, content));
          return said(content);
        });
  }

  /** Deletes a draft. */
  void delete(Actor actor, UUID id, int version) {
    change(
        actor,
        id,
        version,
        Phase.DRAFT,
        "questionnaire.delete",
        (dsl, seen, _) -> {
          require(QuestionnaireStore.delete(dsl, seen));
          return "";
        });
  }

  /**
   * Opens a draft: each member of its organisation and below is given a sheet.
   *
   * @throws Problem where it asks nothing, or too few are there to ask
   */
  Questionnaire open(Actor actor, UUID id, int version, Instant closes) {
    return change(
        actor,
        id,
        version,
        Phase.DRAFT,
        "questionnaire.open",
        (dsl, seen, now) -> {
          if (seen.questions().isEmpty()) {
            throw Problem.conflict("questionnaire.no-questions");
          }
          checkClosing(closes, now);
          var given = SheetStore.giveOut(dsl, id, askedIds(seen));
          var least = seen.content().anonymous() ? Questionnaire.FEWEST : 1;
          if (given < least) {
            throw Problem.conflict("questionnaire.too-few", given, least);
          }
          require(QuestionnaireStore.open(dsl, seen, now, closes, given));
          return given + " out";
        });
  }

  private static void checkClosing(Instant closes, Instant now) {
    if (!closes.isAfter(now) || closes.isAfter(now.plus(LONGEST))) {
      throw Problem.invalid("closesAt", "questionnaire.closes-when");
    }
  }

  /** Gives an open one another closing time. */
  Questionnaire prolong(Actor actor, UUID id, int version, Instant closes) {
    return change(
        actor,
        id,
        version,
        Phase.OPEN,
        "questionnaire.prolong",
        (dsl, seen, now) -> {
          checkClosing(closes, now);
          require(QuestionnaireStore.closesAt(dsl, seen, closes));
          return closes.toString();
        });
  }

  /** Closes an open one now, for good. */
  Questionnaire close(Actor actor, UUID id, int version) {
    var closed =
        change(actor, id, version, Phase.OPEN, "questionnaire.close", Questionnaires::settle);
    closed(closed);
    return closed;
  }

  /** What is to be said of people goes; what they have answered loses its order. */
  private static String settle(DSLContext dsl, Questionnaire seen, Instant now) {
    var returned = returned(dsl, seen);
    if (seen.content().anonymous()) {
      SheetStore.forgetList(dsl, seen.id());
      if (returned < Questionnaire.FEWEST) {
        SheetStore.forgetAnswers(dsl, seen.id());
      } else {
        SheetStore.mix(dsl, seen.id());
      }
    }
    require(QuestionnaireStore.close(dsl, seen, now, returned));
    return "%d out, %d back".formatted(seen.given(), returned);
  }

  private void closed(Questionnaire closed) {
    if (closed.content().anonymous()) {
      compaction.want();
    }
  }

  /** Settles those whose time is over. */
  void closeDue(Predicate<UUID> mayGoOn, int most) {
    for (var id : store.due(transactions.read(), clock.instant(), most)) {
      if (!mayGoOn.test(id)) {
        return;
      }
      transactions
          .write(dsl -> store.held(dsl, id).filter(q -> isDue(q)).map(q -> settled(dsl, q)))
          .ifPresent(this::closed);
    }
  }

  private boolean isDue(Questionnaire questionnaire) {
    return questionnaire.phase(clock.instant()) == Phase.COUNTING;
  }

  private Questionnaire settled(DSLContext dsl, Questionnaire due) {
    var said = settle(dsl, due, clock.instant());
    audit.append(dsl, Actor.SYSTEM.change("questionnaire.close", due.subject(), "", said));
    return due;
  }

  /** Takes the names off sheets of questionnaires that were closed before a moment. */
  void forgetNames(Instant before) {
    // a look each second is no write each second: the file is written anew in quiet moments alone
    var closed = SheetStore.withNames(transactions.read(), before);
    if (closed.isEmpty()) {
      return;
    }
    var forgotten = transactions.write(dsl -> SheetStore.forgetNames(dsl, closed));
    if (forgotten > 0) {
      compaction.want();
    }
  }

  /**
   * What came back.
   *
   * @throws Problem before it is closed, and where too few came back
   */
  Results results(Questionnaire questionnaire) {
    if (questionnaire.closedAt().isEmpty()) {
      throw Problem.conflict("questionnaire.not-closed");
    }
    if (questionnaire.isWithheld()) {
      throw Problem.conflict("questionnaire.withheld", Questionnaire.FEWEST);
    }
    var dsl = transactions.read();
    return Results.of(
        questionnaire.questions(),
        questionnaire.given(),
        questionnaire.returned(),
        SheetStore.tallies(dsl, questionnaire.id()),
        SheetStore.texts(dsl, questionnaire.id()));
  }

  /** Those of a named one who have handed in nothing; nobody knows of an anonymous one. */
  List<String> notYet(Questionnaire questionnaire, int most) {
    return questionnaire.content().anonymous()
        ? List.of()
        : SheetStore.notYet(transactions.read(), questionnaire.id(), most);
  }
}
