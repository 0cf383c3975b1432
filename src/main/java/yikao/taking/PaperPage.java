package yikao.taking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import yikao.attempt.ChoiceView;
import yikao.question.QuestionType;
import yikao.scoring.Points;
import yikao.taking.AttemptView.QuestionView;
import yikao.web.Page;

/**
 * The model of the paper of a running attempt. Like {@link AttemptView}, nothing in here could hold
 * a key, a mark, an explanation or a citation.
 *
 * @param taker whose it is
 * @param correctable whether name and branch are as the taker has given them, and can be corrected
 * @param now the server's time
 * @param deadline absent: none
 * @param deadlineText the deadline as one reads it
 * @param graceMillis how long after the deadline a submission still counts
 * @param prompt whether the quiz may end without notice, so that the page asks often
 * @param unpenalised whether a wrong answer costs nothing, so that there is no reason to take one
 *     back
 * @param notice what the last post did
 */
public record PaperPage(
    Page page,
    UUID id,
    String quiz,
    String title,
    Taker taker,
    boolean correctable,
    Instant now,
    Optional<Instant> deadline,
    Optional<String> deadlineText,
    long graceMillis,
    boolean prompt,
    boolean unpenalised,
    List<SectionView> sections,
    int answered,
    int questions,
    Optional<Notice> notice) {

  /**
   * What the last post did.
   *
   * @param css how it is drawn
   */
  public record Notice(String text, String css) {
    /** Saved; a script says so itself. */
    static Notice saved(String text) {
      return new Notice(text, "no-js");
    }

    static Notice done(String text) {
      return new Notice(text, "");
    }

    static Notice bad(String text) {
      return new Notice(text, "bad");
    }
  }

  /** A section with its heading. */
  public record SectionView(String heading, List<Item> items) {}

  /**
   * A question with what is saved.
   *
   * @param stem with its blanks numbered
   * @param texts what was written, one for each blank
   * @param sequence of the saved response; -1 where nothing was saved
   * @param digest of the saved response, by which a post shows what it started from
   * @param unsaved whether what is shown was typed, and could not be saved yet
   */
  public record Item(
      QuestionView question,
      String stem,
      Set<String> chosen,
      List<String> texts,
      int sequence,
      String digest,
      boolean answered,
      boolean unsaved) {

    /** Whether a choice was made. */
    public boolean isChosen(ChoiceView choice) {
      return chosen.contains(choice.id());
    }

    /** The kind of input its choices have. */
    public String inputType() {
      return question.type() == QuestionType.MULTIPLE ? "checkbox" : "radio";
    }

    /** What it is worth. */
    public String points() {
      return Points.text(question.points());
    }
  }

  /** Every question in order. */
  public List<Item> items() {
    return sections.stream().flatMap(s -> s.items().stream()).toList();
  }
}
