package yikao.questionnaire;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Secrets;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.MemberProofs;
import yikao.org.MemberProofs.Known;
import yikao.org.Organisation;
import yikao.participant.Branches;
import yikao.participant.Guests;
import yikao.participant.Visitor;
import yikao.questionnaire.Answers.Answer;
import yikao.questionnaire.Questionnaire.Phase;
import yikao.questionnaire.SheetStore.Candidate;
import yikao.questionnaire.SheetStore.Sheet;
import yikao.web.Problem;
import yikao.web.ShownText;

/** Sheets as they are handed in. */
@Singleton
final class Sheets {
  private static final int MOST_NAME = 50;
  private static final String NAME = "participant.name";
  private static final String BRANCH = "participant.branch";
  private static final String DIGITS = "participant.digits";

  private final Transactions transactions;
  private final Questionnaires questionnaires;
  private final QuestionnaireStore store;
  private final MemberProofs proofs;
  private final Branches branches;
  private final Guests guests;
  private final NodeClock clock;

  Sheets(
      Transactions transactions,
      Questionnaires questionnaires,
      QuestionnaireStore store,
      MemberProofs proofs,
      Branches branches,
      Guests guests,
      NodeClock clock) {
    this.transactions = transactions;
    this.questionnaires = questionnaires;
    this.store = store;
    this.proofs = proofs;
    this.branches = branches;
    this.guests = guests;
    this.clock = clock;
  }

  /**
   * Who hands in.
   *
   * @param branch its code, name or path; makes no difference where one organisation alone is asked
   * @param digits the last four of the phone, where they were asked for
   * @param secret of the browser, or of the client of the API; not looked at where it is anonymous
   */
  record Who(String name, String branch, String digits, Optional<String> secret) {}

  /**
   * What was handed in.
   *
   * @param corrected whether it replaces what was handed in before
   * @param member who did; absent where it is anonymous
   */
  record Receipt(boolean corrected, Optional<UUID> member) {}

  /**
   * A questionnaire as those see it who are asked.
   *
   * @throws Problem {@code no-such-questionnaire}, also for a draft
   */
  Questionnaire shown(UUID id) {
    return questionnaires
        .find(id)
        .filter(q -> q.openedAt().isPresent())
        .orElseThrow(() -> Problem.notFound("no-such-questionnaire"));
  }

  /** The organisations among which somebody who is asked says which is the own; one: no choice. */
  List<Organisation> branches(Questionnaire questionnaire) {
    return questionnaires.asked(questionnaire);
  }

  /**
   * Takes a sheet.
   *
   * @throws Problem where it is not open, somebody is not known, has no sheet to hand in, or an
   *     answer is wrong
   */
  Receipt handIn(UUID id, Who who, List<Answers.Given> given) {
    var questionnaire = shown(id);
    requireOpen(questionnaire);
    var answers = Answers.read(questionnaire.questions(), given);
    var known = known(questionnaire, who);
    return transactions.write(dsl -> {
      var held = store.held(dsl, id).orElse(questionnaire);
      requireOpen(held);
      return held.content().anonymous()
          ? anonymous(dsl, held, known.who(), answers)
          : named(dsl, held, known, who.secret(), answers);
    });
  }

  private void requireOpen(Questionnaire questionnaire) {
    if (questionnaire.phase(clock.instant()) != Phase.OPEN) {
      throw Problem.conflict("questionnaire.over");
    }
  }

  private Known<Candidate> known(Questionnaire questionnaire, Who who) {
    var name = ShownText.line(NAME, who.name(), 1, MOST_NAME);
    var candidates =
        SheetStore.candidates(
            transactions.read(),
            questionnaire.id(),
            organisation(questionnaire, who.branch()),
            MemberProofs.nameKey(name));
    if (candidates.isEmpty()) {
      throw nobody(questionnaire);
    }
    // one of two of a name may have handed in: the other must not be taken for that one
    var asksDigits =
        questionnaire.content().asksDigits() || candidates.stream().anyMatch(Candidate::sharesName);
    return proofs.who(DIGITS, candidates, who.digits(), asksDigits);
  }

  private long organisation(Questionnaire questionnaire, String branch) {
    var asked = branches(questionnaire);
    return asked.size() == 1
        ? asked.getFirst().id()
        : branches.readMembers(BRANCH, branch).organisationId();
  }

  /** Who has handed in an anonymous sheet is not known any more, and so not told apart. */
  private static Problem nobody(Questionnaire questionnaire) {
    return questionnaire.content().anonymous()
        ? Problem.conflict("questionnaire.no-sheet")
        : Problem.of(HttpStatus.FORBIDDEN, "questionnaire.not-asked");
  }

  private static Receipt anonymous(
      DSLContext dsl, Questionnaire questionnaire, Candidate who, List<Answer> answers) {
    if (!SheetStore.tick(dsl, questionnaire.id(), who.id())) {
      throw nobody(questionnaire);
    }
    SheetStore.add(dsl, questionnaire.id(), Optional.empty(), answers);
    return new Receipt(false, Optional.empty());
  }

  private Receipt named(
      DSLContext dsl,
      Questionnaire questionnaire,
      Known<Candidate> known,
      Optional<String> secret,
      List<Answer> answers) {
    var now = clock.instant();
    var member = known.who().id();
    var hash = secret.map(s -> Secrets.sha256(guests.token(s, member)));
    var before = SheetStore.sheet(dsl, questionnaire.id(), member);
    if (before.isPresent()) {
      requireOwn(before.get(), known, hash);
      SheetStore.correct(dsl, before.get(), hash, now);
    }
    var sheet =
        before
            .map(Sheet::id)
            .orElseGet(() -> SheetStore.insert(dsl, questionnaire.id(), known.who(), hash, now));
    SheetStore.add(dsl, questionnaire.id(), Optional.of(sheet), answers);
    return new Receipt(before.isPresent(), Optional.of(member));
  }

  private static void requireOwn(Sheet sheet, Known<Candidate> known, Optional<byte[]> hash) {
    if (!known.isProven() && !isOf(sheet, hash)) {
      throw Problem.invalid(
          DIGITS,
          known.who().tail().isPresent() ? "questionnaire.other-device" : "member.no-phone");
    }
  }

  private static boolean isOf(Sheet sheet, Optional<byte[]> hash) {
    return hash.isPresent()
        && sheet.tokenHash().filter(own -> MessageDigest.isEqual(own, hash.get())).isPresent();
  }

  /** What a browser has handed in with a name before, so that it can be corrected. */
  Optional<List<Answer>> before(Questionnaire questionnaire, Visitor visitor) {
    if (questionnaire.content().anonymous()) {
      return Optional.empty();
    }
    var dsl = transactions.read();
    return visitor
        .member()
        .flatMap(member ->
            SheetStore.sheet(dsl, questionnaire.id(), member.id())
                .filter(sheet -> isOf(sheet, Optional.of(member.tokenHash()))))
        .map(sheet ->
            SheetStore.answers(dsl, List.of(sheet.id())).getOrDefault(sheet.id(), List.of()));
  }
}
