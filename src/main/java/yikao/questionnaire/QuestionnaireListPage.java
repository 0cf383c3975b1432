package yikao.questionnaire;

import java.util.List;
import yikao.access.Console;
import yikao.org.Draft;

/**
 * The model of the list of questionnaires, with the form that makes one.
 *
 * @param makes whether the reader may make one
 * @param organisations to choose from; empty where they are too many to list
 * @param next behind which the next page begins; empty on the last
 */
public record QuestionnaireListPage(
    Console console,
    boolean makes,
    List<Draft.Choice> organisations,
    List<Row> rows,
    String next,
    Draft draft) {
  /**
   * A questionnaire.
   *
   * @param about how many sheets are out and back; empty for a draft
   */
  public record Row(
      String id,
      String title,
      String organisation,
      boolean anonymous,
      String about,
      String phase) {}
}
