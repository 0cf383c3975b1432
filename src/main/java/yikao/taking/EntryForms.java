package yikao.taking;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import yikao.participant.Participant;
import yikao.quiz.Quiz.Entrance;
import yikao.taking.QuizPage.BranchKind;
import yikao.taking.QuizPage.DigitsField;
import yikao.taking.QuizPage.EntryForm;
import yikao.web.Form;
import yikao.web.Problem.FieldError;
import yikao.web.Texts;

/** Fills in the fields for name and branch, in which one says or corrects who one is. */
@Singleton
final class EntryForms {
  /** What problems with the fields are told at. */
  static final String AT = "participant.";

  private static final String NOT_LISTED = "member.not-listed";

  private final BranchChoice branches;

  EntryForms(BranchChoice branches) {
    this.branches = branches;
  }

  /**
   * What was sent, and has to be completed.
   *
   * @param sought what branches are looked for by
   * @param wrong what is wrong with which field
   */
  record Sent(String name, String branch, String sought, String digits, List<FieldError> wrong) {
    /** What a form brought. */
    static Sent of(Form form) {
      var find = form.one("find");
      return new Sent(
          form.one("name"),
          branch(form),
          find.isBlank() ? form.one("branch") : find,
          form.one("digits"),
          List.of());
    }

    /**
     * The branch chosen; but what was written to find one, where none was chosen, or where it was
     * written after the branches to choose from were listed.
     */
    private static String branch(Form form) {
      var chosen = form.one("branch");
      var find = form.one("find");
      var isNew = form.fields().containsKey("sought") && !find.equals(form.one("sought"));
      return chosen.isBlank() || (isNew && !find.isBlank()) ? find : chosen;
    }

    Sent wrong(List<FieldError> errors) {
      return new Sent(name, branch, sought, digits, errors);
    }

    private Optional<FieldError> error(String field) {
      return wrong.stream().filter(e -> e.field().equals(AT + field)).findFirst();
    }
  }

  /**
   * The fields with who is known, or empty.
   *
   * @param entrance of the quiz
   */
  EntryForm of(Entrance entrance, Optional<Participant> known) {
    var branch = known.map(p -> branches.written(p.branch())).orElse("");
    return new EntryForm(
        known.map(Participant::name).orElse(""),
        branch,
        branches.choices(entrance.policy(), branch).groups(),
        branches.kind(entrance.policy()),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        entrance.asksDigits()
            ? Optional.of(new DigitsField("", Optional.empty()))
            : Optional.empty());
  }

  /** The fields as they were sent, with what is wrong. */
  EntryForm of(Texts texts, Entrance entrance, Sent sent) {
    var policy = entrance.policy();
    var choices = branches.choices(policy, sent.sought());
    var groups = choices.groups();
    return new EntryForm(
        sent.name(),
        branches.code(policy, sent.branch()),
        groups,
        branches.kind(policy),
        sent.sought(),
        choices.more() ? texts.of("start.branch.sought.more", BranchChoice.MOST) : "",
        sent.error("name").map(e -> nameProblem(texts, e)),
        branchProblem(texts, sent, branches.kind(policy), groups.isEmpty()),
        digits(texts, sent, entrance.asksDigits()));
  }

  /** Asked for where the quiz does, or where without them it cannot be told who it is. */
  private static Optional<DigitsField> digits(Texts texts, Sent sent, boolean asksDigits) {
    var problem = sent.error("digits").map(error -> texts.of(error.code()));
    return asksDigits || problem.isPresent() || !sent.digits().isEmpty()
        ? Optional.of(new DigitsField(sent.digits(), problem))
        : Optional.empty();
  }

  private static String nameProblem(Texts texts, FieldError error) {
    if (isNotShown(error)) {
      return notShown(texts, "start.name");
    }
    return texts.of(error.code().equals(NOT_LISTED) ? "start.not-listed" : "start.name.problem");
  }

  private static boolean isNotShown(FieldError error) {
    return error.code().equals("text.not-shown");
  }

  private static String notShown(Texts texts, String label) {
    return texts.of("start.not-shown", texts.of(label), texts.of("text.not-shown"));
  }

  private static Optional<String> branchProblem(
      Texts texts, Sent sent, BranchKind kind, boolean none) {
    var error = sent.error("branch");
    if (error.filter(EntryForms::isNotShown).isPresent()) {
      var written = kind == BranchKind.WRITTEN;
      return Optional.of(notShown(texts, written ? "start.branch.written" : "start.branch.chosen"));
    }
    return error.isPresent() || (kind == BranchKind.SOUGHT && none)
        ? Optional.of(branchProblem(texts, kind, none))
        : Optional.empty();
  }

  private static String branchProblem(Texts texts, BranchKind kind, boolean none) {
    return switch (kind) {
      case WRITTEN -> texts.of("start.branch.written.problem");
      case CHOSEN -> texts.of("start.branch.chosen.problem");
      case SOUGHT -> texts.of(none ? "start.branch.sought.none" : "start.branch.sought.problem");
    };
  }
}
