package yikao.sitting;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Input;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Response;
import yikao.web.Problem.FieldError;

/**
 * What somebody types from an answer sheet, read against the paper: letters in any case, width and
 * order; for a judgement also the words and signs for it. Pure.
 */
final class TypedAnswers {
  /** The longest text of a blank, in characters. */
  static final int MOST_BLANK = 200;

  /** The longest text of an essay, in characters. */
  static final int MOST_ESSAY = 5_000;

  /**
   * What people write for a judgement.
   *
   * @param right for the first of its two choices
   * @param wrong for the second
   */
  record JudgeWords(Set<String> right, Set<String> wrong) {
    /** Words as they stand in a text, with blanks between them. */
    static JudgeWords of(String right, String wrong) {
      return new JudgeWords(words(right), words(wrong));
    }

    private static Set<String> words(String text) {
      var words = new HashSet<String>();
      for (var word : text.split(" ", -1)) {
        words.add(folded(word));
      }
      return Set.copyOf(words);
    }
  }

  private final AttemptPaper paper;
  private final JudgeWords words;
  private final List<FieldError> errors = new ArrayList<>();

  TypedAnswers(AttemptPaper paper, JudgeWords words) {
    this.paper = paper;
    this.words = words;
  }

  /** What is wrong so far. */
  List<FieldError> errors() {
    return List.copyOf(errors);
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .replaceAll("[\\s\\p{P}\\p{Z}]", "");
  }

  /**
   * Reads what stands for one question.
   *
   * @param field what it is called where something is wrong
   * @param typed one text, or one for each blank
   * @return absent where nothing was answered, or something is wrong
   */
  Optional<Input> read(String field, int number, List<String> typed) {
    var question = paper.question(number);
    var response =
        question.type().hasChoices()
            ? chosen(field, number, typed.isEmpty() ? "" : typed.getFirst())
            : written(field, question, typed);
    return response.filter(r -> !r.isEmpty()).map(r -> new Input(number, 1, r));
  }

  private Optional<Response> chosen(String field, int number, String typed) {
    var question = paper.question(number);
    var letters = folded(typed);
    if (question.type() == QuestionType.JUDGE) {
      letters = judged(letters);
    }
    var shown = paper.choices(number);
    var ids = new HashSet<String>();
    for (var letter : letters.split("", -1)) {
      if (letter.isEmpty()) {
        continue;
      }
      var id = shown.id(letter);
      if (id.isEmpty()) {
        errors.add(FieldError.of(field, "paper.no-such-letter", letter, letters(question)));
        return Optional.empty();
      }
      if (!ids.add(id.get())) {
        errors.add(FieldError.of(field, "paper.letter-twice", letter));
        return Optional.empty();
      }
    }
    if (ids.size() > 1 && question.type() != QuestionType.MULTIPLE) {
      errors.add(FieldError.of(field, "response.one-choice"));
      return Optional.empty();
    }
    return Optional.of(new Response.Chosen(ids));
  }

  /** The choices of a judgement keep their places: right, then wrong. */
  private String judged(String typed) {
    return words.right().contains(typed) ? "A" : words.wrong().contains(typed) ? "B" : typed;
  }

  /** The letters of a question, from the first to the last. */
  static String letters(Question question) {
    return "A–" + (char) ('A' + question.choices().size() - 1);
  }

  private Optional<Response> written(String field, Question question, List<String> typed) {
    if (typed.size() > question.texts()) {
      errors.add(FieldError.of(field, "size", question.texts(), question.texts()));
      return Optional.empty();
    }
    var most = question.type() == QuestionType.ESSAY ? MOST_ESSAY : MOST_BLANK;
    var texts = new ArrayList<String>();
    for (var text : typed) {
      if (text.length() > most) {
        errors.add(FieldError.of(field, "length", 0, most));
      } else if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
        errors.add(FieldError.of(field, "response.control-characters"));
      }
      texts.add(text.strip());
    }
    while (texts.size() < question.texts()) {
      texts.add("");
    }
    return Optional.of(new Response.Written(texts));
  }
}
