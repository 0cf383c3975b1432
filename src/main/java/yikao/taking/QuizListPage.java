package yikao.taking;

import java.util.List;
import java.util.UUID;
import yikao.web.Page;

/** The model of the front page: what may be taken, and what this browser has not finished. */
public record QuizListPage(Page page, List<Item> quizzes, List<Running> running) {

  /**
   * A quiz of the list.
   *
   * @param done how often this browser has ended it
   */
  public record Item(QuizFacts quiz, int done) {}

  /** An attempt in progress. */
  public record Running(UUID id, String title, int answered, int questions) {}
}
