package yikao.bank;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import yikao.question.QuestionVersion;

/**
 * The bank's files leave out so many published questions that a folder may be missing; nothing was
 * changed. A load that confirms their number retires them.
 */
public final class RetiresManyException extends RuntimeException {
  private final int retired;
  private final int published;
  private final transient Map<String, Long> documents;

  RetiresManyException(Collection<QuestionVersion> leftOut, int published) {
    this(leftOut.size(), published, byDocument(leftOut));
  }

  private RetiresManyException(int retired, int published, Map<String, Long> documents) {
    super(
        "%d of %d published questions are not in the bank's files: %s"
            .formatted(retired, published, text(documents)));
    this.retired = retired;
    this.published = published;
    this.documents = documents;
  }

  private static Map<String, Long> byDocument(Collection<QuestionVersion> questions) {
    return questions.stream()
        .collect(
            Collectors.groupingBy(
                q -> q.question().citation().title(), TreeMap::new, Collectors.counting()));
  }

  private static String text(Map<String, Long> documents) {
    return documents.entrySet().stream()
        .map(e -> "《%s》%d".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining("、"));
  }

  /** How many questions would be retired. */
  public int retired() {
    return retired;
  }

  /** How many questions are published now. */
  public int published() {
    return published;
  }

  /** The documents that they cite, each with the number of these questions. */
  public String documents() {
    return text(documents);
  }
}
