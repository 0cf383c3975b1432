package yikao.sitting;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.access.Secrets;
import yikao.access.Staff;
import yikao.audit.AuditLog;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;
import yikao.sitting.SpotQuestionStore.Period;
import yikao.sitting.SpotQuestionStore.Person;
import yikao.web.Problem;

/** Questions that a supervisor or a secretary asks somebody on the spot (现场提问). */
@Singleton
public final class SpotQuestions {
  /** As many as are asked at once. */
  static final int MOST = 5;

  private static final Duration YEAR = Duration.ofDays(365);

  private final Transactions transactions;
  private final Bank bank;
  private final Organisations organisations;
  private final Secrets secrets;
  private final NodeClock clock;
  private final AuditLog audit;

  SpotQuestions(
      Transactions transactions,
      Bank bank,
      Organisations organisations,
      Secrets secrets,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.bank = bank;
    this.organisations = organisations;
    this.secrets = secrets;
    this.clock = clock;
    this.audit = audit;
  }

  /** The members of an organisation who may be asked. */
  List<Person> people(Organisation organisation) {
    return SpotQuestionStore.people(transactions.read(), organisation.id());
  }

  /**
   * Draws questions for a member.
   *
   * @param area the code of the area
   * @return in the order in which they are asked
   * @throws Problem where a field is wrong, or this is not for the caller
   */
  List<SpotQuestion> ask(Staff staff, UUID member, String area, int count) {
    var person =
        SpotQuestionStore.person(transactions.read(), member)
            .orElseThrow(() -> Problem.invalid("member", "no-such-member"));
    staff.check(staff.canAskOnTheSpot(person.organisationId()));
    if (count < 1 || count > MOST) {
      throw Problem.invalid("count", "range", 1, MOST);
    }
    var from = ofArea(area);
    if (from.isEmpty()) {
      throw Problem.invalid("area", "quiz.no-such-area", area);
    }
    return transactions.write(dsl -> {
      var now = clock.instant();
      var last = byQuestion(SpotQuestionStore.asked(dsl, member, now.minus(YEAR)));
      var asked =
          SpotDraw.draw(from, last, count, secrets.newSeed()).stream()
              .map(q ->
                  new SpotQuestion(
                      UuidV7.at(now),
                      person.organisationId(),
                      member,
                      person.name(),
                      q.version(),
                      now,
                      Optional.empty(),
                      0,
                      staff.actor().code()))
              .sorted(Comparator.comparing(SpotQuestion::id))
              .toList();
      asked.forEach(q -> SpotQuestionStore.insert(dsl, q));
      audit.append(
          dsl,
          staff.actor().change("spot.ask", "member:" + member, "", asked.size() + " questions"));
      return asked;
    });
  }

  /** What is marked at once by whoever hears it: no essays. */
  private List<QuestionVersion> ofArea(String area) {
    var pool = bank.pool();
    return Arrays.stream(QuestionType.values())
        .filter(type -> type != QuestionType.ESSAY)
        .flatMap(type -> pool.all(type).stream())
        .filter(q -> q.question().area().equals(area))
        .toList();
  }

  private Map<String, Instant> byQuestion(Map<Integer, Instant> byVersion) {
    var byQuestion = new HashMap<String, Instant>();
    for (var version : bank.questions(List.copyOf(byVersion.keySet()))) {
      byQuestion.merge(
          version.question().id(),
          byVersion.getOrDefault(version.version(), Instant.MIN),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    return byQuestion;
  }

  /** The content of what was asked. */
  Question content(SpotQuestion asked) {
    return bank.questions(List.of(asked.question())).getFirst().question();
  }

  /**
   * A question that was asked.
   *
   * @throws Problem {@code no-such-spot-question}, or where it is not for the caller to see
   */
  SpotQuestion get(Staff staff, UUID id) {
    staff.check(staff.canReadOrganisationsAnywhere());
    var asked =
        SpotQuestionStore.find(transactions.read(), id)
            .orElseThrow(() -> Problem.notFound("no-such-spot-question"));
    staff.check(staff.canReadSittings(asked.organisationId()));
    return asked;
  }

  /** All that was asked together with one, that included. */
  List<SpotQuestion> together(SpotQuestion one) {
    return SpotQuestionStore.together(transactions.read(), one);
  }

  /**
   * Marks a question that was asked, also once more where that was a slip.
   *
   * @param seen the version that was seen
   * @throws Problem where another has marked it since
   */
  SpotQuestion mark(Staff staff, SpotQuestion asked, int seen, boolean isRight) {
    staff.check(staff.canAskOnTheSpot(asked.organisationId()));
    return transactions.write(dsl -> {
      if (!SpotQuestionStore.mark(dsl, asked.id(), seen, isRight)) {
        throw Problem.of(HttpStatus.PRECONDITION_FAILED, "spot.stale");
      }
      audit(dsl, staff.actor(), asked, isRight);
      return SpotQuestionStore.find(dsl, asked.id()).orElseThrow();
    });
  }

  private void audit(DSLContext dsl, Actor actor, SpotQuestion asked, boolean isRight) {
    audit.append(
        dsl,
        actor.change(
            "spot.mark",
            "spot-question:" + asked.id(),
            asked.isRight().map(SpotQuestions::word).orElse(""),
            word(isRight)));
  }

  private static String word(boolean isRight) {
    return isRight ? "right" : "wrong";
  }

  /**
   * What was asked in an organisation and below, the last first.
   *
   * @throws Problem where there is no such organisation, or it is not for the caller to see
   */
  List<SpotQuestion> list(
      Staff staff, String organisation, Period period, Optional<UUID> after, int most) {
    var top = organisation(staff, organisation);
    var below = organisations.tree().subtree(top).stream().map(Organisation::id).toList();
    return SpotQuestionStore.list(transactions.read(), below, period, after, most);
  }

  /** An organisation whose questions the caller sees. */
  Organisation organisation(Staff staff, String code) {
    staff.check(staff.canReadOrganisationsAnywhere());
    var found =
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
    staff.check(staff.canReadSittings(found.id()));
    return found;
  }
}
