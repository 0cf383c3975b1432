package yikao.paper;

/**
 * What is put in random order.
 *
 * @param questions within their section
 * @param choices those that are not fixed, within their question
 */
public record Shuffle(boolean questions, boolean choices) {}
