package yikao.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Response;

/** Question + response + policy → mark. The same arguments give the same mark. */
public final class Marking {
  private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(Mark.SCALE);

  private final MarkingPolicy policy;
  private final List<Amendment> amendments;

  /** Marks by a policy, with the amendments of the quiz in their order. */
  public Marking(MarkingPolicy policy, List<Amendment> amendments) {
    this.policy = policy;
    this.amendments = List.copyOf(amendments);
  }

  /**
   * Marks one response.
   *
   * @param response absent where nothing was answered
   * @param points what the question is worth
   * @param byPerson what a person gave an essay; absent while nobody has
   */
  public Mark mark(
      Question question,
      @Nullable Response response,
      BigDecimal points,
      @Nullable BigDecimal byPerson) {
    var full = points.setScale(Mark.SCALE, RoundingMode.HALF_UP);
    var effective = question;
    Amendment.Voided voided = null;
    for (var amendment : amendments) {
      if (amendment.questionId().equals(question.id())) {
        switch (amendment) {
          case Amendment.Voided v -> voided = v; // the last word counts
          case Amendment.AcceptedChoices _, Amendment.AcceptedIdentifiers _ -> {}
          case Amendment.AcceptedText accepted -> effective = accepting(effective, accepted);
        }
      }
    }
    if (voided != null) {
      return voided.fullPoints() ? new Mark(full, full, false) : new Mark(ZERO, ZERO, false);
    }
    return switch (effective.key()) {
      case Key.OfChoices key -> new Mark(best(question, key, response, full), full, false);
      case Key.OfBlanks key -> new Mark(blanks(effective, key, response, full), full, false);
      case Key.OfEssay _ -> essay(response, full, byPerson);
    };
  }

  /** The question with one more text accepted; a version without that blank stays as it is. */
  private static Question accepting(Question q, Amendment.AcceptedText accepted) {
    if (!(q.key() instanceof Key.OfBlanks key) || accepted.blank() >= key.blanks().size()) {
      return q;
    }
    var blanks = new ArrayList<List<String>>(key.blanks());
    var more = new ArrayList<>(blanks.get(accepted.blank()));
    more.add(accepted.text());
    blanks.set(accepted.blank(), more);
    return q.withKey(new Key.OfBlanks(blanks, key.foldings(), key.anyOrder()));
  }

  /** The best mark over the key and every other set of choices that was accepted later. */
  private BigDecimal best(
      Question question, Key.OfChoices key, @Nullable Response response, BigDecimal full) {
    return Stream.concat(Stream.of(key.choices()), accepted(question))
        .map(right -> choices(question, right, response, full))
        .reduce(BigDecimal::max)
        .orElseThrow();
  }

  /** The sets of choices that are right beside the key, as identifiers. */
  private Stream<Set<String>> accepted(Question question) {
    return amendments.stream()
        .filter(amendment -> amendment.questionId().equals(question.id()))
        .flatMap(amendment ->
            switch (amendment) {
              case Amendment.AcceptedChoices choices -> each(question, choices.in(question));
              case Amendment.AcceptedIdentifiers(_, var ids) -> Stream.of(ids);
              case Amendment.Voided _, Amendment.AcceptedText _ -> Stream.empty();
            });
  }

  /** All of them together or, where one chooses one, each by itself. */
  private static Stream<Set<String>> each(Question question, Set<String> ids) {
    if (question.type() == QuestionType.MULTIPLE) {
      return ids.isEmpty() ? Stream.empty() : Stream.of(ids);
    }
    return ids.stream().map(Set::of);
  }

  private BigDecimal choices(
      Question question, Set<String> key, @Nullable Response response, BigDecimal full) {
    if (!(response instanceof Response.Chosen(var chosen)) || chosen.isEmpty()) {
      return ZERO;
    }
    if (chosen.equals(key)) {
      return full;
    }
    var multiple = question.type() == QuestionType.MULTIPLE;
    var mark =
        switch (multiple ? policy.multiple() : MarkingPolicy.MultipleRule.ALL_OR_NOTHING) {
          case ALL_OR_NOTHING -> wrong(full);
          case PARTIAL ->
              key.containsAll(chosen) ? full.multiply(policy.partialShare()) : wrong(full);
          case PER_CHOICE -> perChoice(key, chosen, full);
        };
    return round(mark.max(full.multiply(policy.questionFloor())));
  }

  private BigDecimal wrong(BigDecimal full) {
    return full.multiply(policy.penalty()).negate();
  }

  private static BigDecimal perChoice(Set<String> key, Set<String> chosen, BigDecimal full) {
    var right = chosen.stream().filter(key::contains).count();
    var wrong = chosen.size() - right;
    return full.multiply(BigDecimal.valueOf(right - wrong))
        .divide(BigDecimal.valueOf(key.size()), Mark.SCALE, RoundingMode.HALF_UP);
  }

  private static BigDecimal blanks(
      Question question, Key.OfBlanks key, @Nullable Response response, BigDecimal full) {
    if (!(response instanceof Response.Written(var texts))) {
      return ZERO;
    }
    return full.multiply(BigDecimal.valueOf(key.filled(question.stem(), texts)))
        .divide(BigDecimal.valueOf(key.blanks().size()), Mark.SCALE, RoundingMode.HALF_UP);
  }

  private static Mark essay(
      @Nullable Response response, BigDecimal full, @Nullable BigDecimal byPerson) {
    if (response == null || response.isEmpty()) {
      return new Mark(ZERO, full, false);
    }
    return byPerson == null
        ? new Mark(ZERO, full, true)
        : new Mark(round(byPerson.max(BigDecimal.ZERO).min(full)), full, false);
  }

  private static BigDecimal round(BigDecimal points) {
    return points.setScale(Mark.SCALE, RoundingMode.HALF_UP);
  }
}
