package yikao.quiz;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.web.Problem;

/**
 * Who should take part in which quiz: by its rule until it opens, then those whom that rule had at
 * the opening, and those who were added or taken out since, with a reason.
 */
@Singleton
public final class Rosters {
  private final Transactions transactions;
  private final Organisations organisations;
  private final NodeClock clock;
  private final AuditLog audit;
  private final List<RosterListener> listeners;

  /** When rosters were frozen; one that is not yet is asked for again. */
  private final Cache<Long, Instant> frozen = Caffeine.newBuilder().maximumSize(20_000).build();

  Rosters(
      Transactions transactions,
      Organisations organisations,
      NodeClock clock,
      AuditLog audit,
      List<RosterListener> listeners) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.clock = clock;
    this.audit = audit;
    this.listeners = List.copyOf(listeners);
  }

  /** Notes, with a quiz that was made or edited, when its roster is to be frozen. */
  void plan(DSLContext dsl, long quizId, Quiz quiz) {
    if (RosterStore.isSettled(dsl, quizId)) {
      return;
    }
    if (quiz.entrance().roster().isPresent()) {
      RosterStore.plan(dsl, quizId, quiz.window().opens().orElseGet(clock::instant));
    } else {
      RosterStore.unplan(dsl, quizId);
    }
  }

  /**
   * Lets an edit pass that leaves a roster as it is, or comes before it is frozen.
   *
   * @throws Problem {@code quiz.roster-frozen}
   */
  static void check(DSLContext dsl, Quiz old, Quiz next) {
    if (!old.entrance().roster().equals(next.entrance().roster())
        && RosterStore.isSettled(dsl, old.id())) {
      throw Problem.invalid("roster", "quiz.roster-frozen");
    }
  }

  /** Freezes the roster of a quiz that opens now: the members of one organisation itself. */
  void freezeNow(DSLContext dsl, long quizId, long organisationId, RosterRule rule, Instant now) {
    RosterStore.plan(dsl, quizId, now);
    var members = RosterStore.isIn(List.of(organisationId));
    RosterStore.freeze(dsl, quizId, members, rule.states(), now);
    RosterStore.frozen(dsl, quizId, now);
    tell(dsl, quizId, Optional.empty());
  }

  /** Tells those who keep something in step with rosters. */
  void tell(DSLContext dsl, long quizId, Optional<UUID> member) {
    listeners.forEach(listener -> listener.changed(dsl, quizId, member));
  }

  /** When a quiz's roster was frozen; absent: not yet. */
  public Optional<Instant> frozenAt(Quiz quiz) {
    var known = Optional.ofNullable(frozen.getIfPresent(quiz.id()));
    if (known.isPresent()) {
      return known;
    }
    var stored = RosterStore.frozenAt(transactions.read(), quiz.id());
    stored.ifPresent(at -> frozen.put(quiz.id(), at));
    return stored;
  }

  /** The organisations whose members a rule is about; absent: all. */
  static Optional<List<Long>> organisations(RosterRule rule, OrganisationTree tree) {
    return rule.organisations().isEmpty()
        ? Optional.empty()
        : Optional.of(
            rule.organisations().stream()
                .flatMap(code -> tree.byCode(code).stream())
                .flatMap(top -> tree.subtree(top).stream())
                .map(o -> o.id())
                .distinct()
                .toList());
  }

  /** Those of a name in an organisation who should take part in a quiz. */
  List<Candidate> candidates(Quiz quiz, long organisationId, String nameKey) {
    if (nameKey.isEmpty()) {
      return List.of();
    }
    var dsl = transactions.read();
    var now = RosterStore.in(dsl, quiz.id(), organisationId, nameKey);
    if (frozenAt(quiz).isEmpty()) {
      return now.stream().filter(c -> c.isOnRoster() || isMeant(quiz, c)).toList();
    }
    var listed = now.stream().filter(Candidate::isOnRoster).toList();
    return listed.isEmpty()
        ? RosterStore.onRosterIn(dsl, quiz.id(), organisationId, nameKey)
        : listed;
  }

  /** Those of a frozen roster who have the name of one of them, that one included. */
  List<Candidate> namesakes(Quiz quiz, UUID member) {
    return RosterStore.namesakes(transactions.read(), quiz.id(), member);
  }

  private boolean isMeant(Quiz quiz, Candidate candidate) {
    var rule = quiz.entrance().roster().orElseThrow();
    var tree = organisations.tree();
    return rule.states().contains(candidate.state())
        && (rule.organisations().isEmpty()
            || tree.byId(candidate.organisationId()).stream()
                .flatMap(o -> tree.way(o).stream())
                .anyMatch(o -> rule.organisations().contains(o.code())));
  }

  /** A change of a roster after its opening. */
  private interface Change {
    boolean by(DSLContext dsl, Instant now);
  }

  /**
   * Adds somebody to a frozen roster, where and as the person is now.
   *
   * @throws Problem where it is not frozen, or has the person
   */
  void add(Actor actor, Quiz quiz, UUID member, String reason) {
    change(
        actor,
        quiz,
        "roster.add",
        member,
        "roster.is-on",
        (dsl, now) -> RosterStore.add(dsl, quiz.id(), member, actor, reason, now));
  }

  /**
   * Takes somebody out of a frozen roster; what the person has done stays.
   *
   * @throws Problem where it is not frozen, or does not have the person
   */
  void remove(Actor actor, Quiz quiz, UUID member, String reason) {
    change(
        actor,
        quiz,
        "roster.remove",
        member,
        "roster.is-not-on",
        (dsl, now) -> RosterStore.remove(dsl, quiz.id(), member, actor, reason, now));
  }

  private void change(
      Actor actor, Quiz quiz, String action, UUID member, String otherwise, Change change) {
    transactions.write(dsl -> {
      if (!RosterStore.isHeldFrozen(dsl, quiz.id())) {
        throw Problem.conflict("roster.not-frozen");
      }
      if (!change.by(dsl, clock.instant())) {
        throw Problem.conflict(otherwise);
      }
      tell(dsl, quiz.id(), Optional.of(member));
      audit.append(dsl, actor.change(action, Quizzes.subject(quiz), "", "member:" + member));
      return quiz;
    });
  }

  /** Where a member is; absent where there is none, or none any more. */
  Optional<Long> organisationOf(UUID member) {
    return RosterStore.organisationOf(transactions.read(), member);
  }

  /** How many a roster has now. */
  int count(Quiz quiz) {
    return RosterStore.count(transactions.read(), quiz.id());
  }

  /**
   * Somebody whom a roster has now.
   *
   * @param name as the list has it; two may have one; empty where the person was erased
   */
  public record Listed(UUID member, String name) {}

  /** Those whom a frozen roster has now, by name. */
  public List<Listed> listed(Quiz quiz) {
    return RosterStore.listed(transactions.read(), quiz.id());
  }

  /** Those of a roster after one, by identity. */
  List<RosterStore.Line> lines(Quiz quiz, Optional<UUID> after, int most) {
    return RosterStore.lines(transactions.read(), quiz.id(), after, most);
  }
}
