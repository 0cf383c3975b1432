package yikao.questionnaire;

import java.util.List;
import java.util.Optional;
import yikao.access.AuditHistory.DoneLine;
import yikao.access.Console;
import yikao.org.Draft;
import yikao.web.QrImage;

/**
 * The model of a questionnaire in the console.
 *
 * @param keeps whether the reader may change it
 * @param phase draft, open, counting or closed
 * @param closes until when sheets are taken, or were; empty for a draft
 * @param closesInput the same as a field of a form has it
 * @param given sheets given out; for a draft, how many would be
 * @param edit the form of a draft; absent where there is nothing to edit
 * @param link where those who are asked find it; with the public address where that is set
 * @param image of the link; absent where no public address is set
 * @param results absent before it is closed, and where too few came back
 * @param notYet names of those of a named one who have handed in nothing
 * @param notYetMore how many more these are
 */
public record QuestionnairePage(
    Console console,
    String id,
    String title,
    String purpose,
    String organisation,
    boolean keeps,
    String phase,
    boolean anonymous,
    boolean digits,
    String closes,
    String closesInput,
    int given,
    int returned,
    int percent,
    int version,
    Optional<EditForm> edit,
    String link,
    Optional<QrImage> image,
    Optional<Results> results,
    List<String> notYet,
    int notYetMore,
    Draft draft,
    List<DoneLine> log) {

  /** What came back. */
  public record Results(List<Question> questions) {}

  /**
   * What came back to a question.
   *
   * @param answered sheets with an answer to it
   * @param left sheets without one
   * @param ends what the ends of a scale mean; empty where it has none
   * @param mean empty where it has none
   * @param more how many more texts there are
   */
  public record Question(
      int number,
      String kind,
      String text,
      int answered,
      int left,
      String ends,
      List<Bar> bars,
      String mean,
      List<String> texts,
      int more) {}

  /** How many have taken one of the answers. */
  public record Bar(String label, int count, int percent) {}

  /** Where this page is. */
  public String at() {
    return QuestionnairePages.PATH + "/" + id;
  }
}
