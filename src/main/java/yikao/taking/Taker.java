package yikao.taking;

/**
 * Who takes a quiz, as pages name them to themselves.
 *
 * @param text name and branch
 */
public record Taker(String name, String text) {}
