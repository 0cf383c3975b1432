package yikao.org;

/**
 * What becomes of a row of a file.
 *
 * @param line counted from 1, the headings included
 * @param key code or number; may be empty
 * @param wrong the column and why; empty where it is sound
 */
public record ImportLine(
    int line, String key, String name, String verdict, String verdictText, String wrong) {}
