package yikao.org;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.web.EnumSerde;
import yikao.web.Problem.FieldError;

/**
 * What an import would do with a row, or did.
 *
 * @param field what is wrong, where it is refused
 * @param code of the reason
 * @param arguments of the reason
 */
record Finding(Verdict verdict, String field, String code, List<String> arguments) {
  /** Each is packed as a number, in this order. */
  private static final List<Verdict> VERDICTS = List.of(Verdict.values());

  private static final String BETWEEN_ROWS = "\n";
  private static final String BETWEEN = "\t";

  /** What becomes of a row. */
  enum Verdict {
    NEW,
    CHANGED,
    /** To another organisation, whatever else changes. */
    MOVED,
    UNTOUCHED,
    REFUSED;

    String code() {
      return EnumSerde.word(this);
    }
  }

  static Finding of(Verdict verdict) {
    return new Finding(verdict, "", "", List.of());
  }

  static Finding refused(FieldError error) {
    return new Finding(
        Verdict.REFUSED,
        error.field(),
        error.code(),
        error.arguments().stream().map(a -> a.toString().replaceAll("[\\n\\t]", " ")).toList());
  }

  static Finding refused(String field, String code, Object... arguments) {
    return refused(FieldError.of(field, code, arguments));
  }

  boolean isRefused() {
    return verdict == Verdict.REFUSED;
  }

  static String packed(List<Finding> findings) {
    return findings.stream().map(Finding::packed).collect(Collectors.joining(BETWEEN_ROWS));
  }

  private String packed() {
    var letter = Integer.toString(VERDICTS.indexOf(verdict));
    return isRefused()
        ? Stream.concat(Stream.of(letter, field, code), arguments.stream())
            .collect(Collectors.joining(BETWEEN))
        : letter;
  }

  static List<Finding> unpacked(String packed) {
    return packed.isEmpty()
        ? List.of()
        : Arrays.stream(packed.split(BETWEEN_ROWS, -1)).map(Finding::unpackedRow).toList();
  }

  private static Finding unpackedRow(String row) {
    var parts = row.split(BETWEEN, -1);
    var verdict = VERDICTS.get(Integer.parseInt(parts[0]));
    return parts.length < 3
        ? of(verdict)
        : new Finding(
            verdict, parts[1], parts[2], List.of(Arrays.copyOfRange(parts, 3, parts.length)));
  }
}
