package yikao.table;

/** Cells of CSV that a spreadsheet would take for formulas. */
public final class CsvText {
  private static final String FORMULA = "=+-@\t\r";
  private static final char MARK = '\'';

  private CsvText() {}

  /** With a mark before it where it would be taken for a formula. */
  static String guarded(String text) {
    return isFormula(text)
            || (text.length() > 1 && text.charAt(0) == MARK && isFormula(text.substring(1)))
        ? MARK + text
        : text;
  }

  /** What was guarded. */
  public static String unguarded(String text) {
    return text.length() > 1
            && text.charAt(0) == MARK
            && (isFormula(text.substring(1)) || text.charAt(1) == MARK)
        ? text.substring(1)
        : text;
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
  }
}
