package yikao.sitting;

import java.util.List;
import java.util.stream.IntStream;
import yikao.web.Page;

/**
 * The model of papers on A4.
 *
 * @param large whether in large type
 */
public record PaperPrintPage(
    Page page, String sitting, String title, String branch, boolean large, List<Sheet> sheets) {
  private static final int COLUMNS = 5;

  /** One paper with its answer sheet. */
  public record Sheet(int number, String name, List<PrintedQuestion> questions) {
    /** Those that are answered by letters, in rows of the answer sheet. */
    public List<List<PrintedQuestion>> rows() {
      var chosen = questions.stream().filter(q -> q.texts() == 0).toList();
      return IntStream.range(0, (chosen.size() + COLUMNS - 1) / COLUMNS)
          .mapToObj(
              row -> chosen.subList(row * COLUMNS, Math.min(chosen.size(), (row + 1) * COLUMNS)))
          .toList();
    }

    /** Those that are answered in words. */
    public List<PrintedQuestion> written() {
      return questions.stream().filter(q -> q.texts() > 0).toList();
    }
  }
}
