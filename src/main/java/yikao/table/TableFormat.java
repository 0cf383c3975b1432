package yikao.table;

import java.util.Locale;
import java.util.stream.Stream;
import yikao.web.Problem;

/** The forms of a table. */
public enum TableFormat {
  /** Excel. */
  XLSX,
  /** In UTF-8, with a mark by which spreadsheets know it. */
  CSV;

  /** The media type of Excel's files. */
  public static final String XLSX_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final String CSV_TYPE = "text/csv; charset=utf-8";

  /**
   * The format that a caller has named.
   *
   * @throws Problem where there is none of this name
   */
  public static TableFormat of(String written) {
    return Stream.of(values())
        .filter(format -> format.code().equals(written))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("format", "field.one-of", "xlsx, csv"));
  }

  /** Its name, which is also the ending of its files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String type() {
    return switch (this) {
      case XLSX -> XLSX_TYPE;
      case CSV -> CSV_TYPE;
    };
  }
}
