package yikao.org;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.web.EnumSerde;
import yikao.web.Problem.FieldError;

/**
 * What an import would do with a row, or did.
 *
 * @param field what is wrong, where it is refused, or what somebody should look at; may be empty
 * @param code of the reason; empty where there is nothing to say
 * @param arguments of the reason
 */
record Finding(Verdict verdict, String field, String code, List<String> arguments) {
  /** Each is packed as a number, in this order. */
  private static final List<Verdict> VERDICTS = List.of(Verdict.values());

  private static final String BETWEEN_ROWS = "\n";
  private static final String BETWEEN = "\t";

  /** Behind how many rows are alike; most of a portion often are. */
  private static final char TIMES = '*';

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
    return of(Verdict.REFUSED, error);
  }

  /** What can be done, and should be looked at. */
  static Finding noted(Verdict verdict, String field, String code, Object... arguments) {
    return of(verdict, FieldError.of(field, code, arguments));
  }

  private static Finding of(Verdict verdict, FieldError error) {
    return new Finding(
        verdict,
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

  /** Whether there is something to say of it. */
  boolean isSaid() {
    return !code.isEmpty();
  }

  /** Neighbours that are alike stand there once. */
  static String packed(List<Finding> findings) {
    var packed = new StringJoiner(BETWEEN_ROWS);
    for (var from = 0; from < findings.size(); ) {
      var first = findings.get(from);
      var to = from + 1;
      while (to < findings.size() && findings.get(to).equals(first)) {
        to++;
      }
      packed.add(
          to - from == 1 ? first.packed() : "%d%c%s".formatted(to - from, TIMES, first.packed()));
      from = to;
    }
    return packed.toString();
  }

  private String packed() {
    var letter = Integer.toString(VERDICTS.indexOf(verdict));
    return isSaid()
        ? Stream.concat(Stream.of(letter, field, code), arguments.stream())
            .collect(Collectors.joining(BETWEEN))
        : letter;
  }

  static List<Finding> unpacked(String packed) {
    return alike(packed)
        .flatMap(a -> Collections.nCopies(a.times(), unpackedRow(a.row())).stream())
        .toList();
  }

  /** How many there are of each verdict. */
  static Map<Verdict, Integer> counts(String packed) {
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    alike(packed)
        .forEach(a -> counts.merge(VERDICTS.get(a.row().charAt(0) - '0'), a.times(), Integer::sum));
    return counts;
  }

  /** Rows that are alike. */
  private record Alike(int times, String row) {
    static Alike of(String packed) {
      var mark = packed.indexOf(TIMES);
      var isCounted = mark > 0 && packed.substring(0, mark).chars().allMatch(Character::isDigit);
      return isCounted
          ? new Alike(Integer.parseInt(packed.substring(0, mark)), packed.substring(mark + 1))
          : new Alike(1, packed);
    }
  }

  private static Stream<Alike> alike(String packed) {
    return packed.isEmpty()
        ? Stream.empty()
        : Arrays.stream(packed.split(BETWEEN_ROWS, -1)).map(Alike::of);
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
