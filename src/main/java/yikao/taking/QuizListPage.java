package yikao.taking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.quiz.QuizGroup;
import yikao.web.EnumSerde;
import yikao.web.Page;

/**
 * The model of the front page: what this browser has taken, and what may be taken.
 *
 * @param taker who is known in this browser
 * @param own what this browser has taken, at first sight
 * @param earlier the rest of it, as far as it stands on this page
 * @param more how many quizzes it has taken, where the page has not room for all; otherwise 0
 * @param groups what may be taken; none is empty
 */
public record QuizListPage(
    Page page,
    Optional<Taker> taker,
    List<Own> own,
    List<Own> earlier,
    int more,
    List<Group> groups) {

  /**
   * Quizzes of one kind.
   *
   * @param kind by which the heading is known
   * @param compact whether there are many, which are all alike
   */
  public record Group(String kind, boolean compact, List<Item> quizzes) {
    static Group of(QuizGroup group, List<Item> quizzes) {
      return new Group(EnumSerde.word(group), group == QuizGroup.PRACTICE, quizzes);
    }
  }

  /**
   * A quiz of the list.
   *
   * @param done how often this browser has ended it
   */
  public record Item(QuizFacts quiz, int done) {}

  /** A quiz that this browser has taken: its newest attempt. */
  public sealed interface Own {
    /** Names the attempt. */
    UUID id();

    /** The quiz's. */
    String title();

    /** It goes on. */
    record Running(
        UUID id, String title, Taker taker, int answered, int questions, Optional<String> deadline)
        implements Own {}

    /**
     * It has ended.
     *
     * @param taker whose it is, where that differs from who is known now
     * @param ended how and when
     * @param result the score, when it will be shown, or that it does not count
     * @param again the code of the quiz where one may start it again in the place of an attempt
     *     that was set aside; absent otherwise
     */
    record Ended(
        UUID id,
        String title,
        Optional<Taker> taker,
        String ended,
        String result,
        Optional<Boolean> passed,
        Optional<String> again)
        implements Own {}
  }
}
