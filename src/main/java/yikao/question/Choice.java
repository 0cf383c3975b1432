package yikao.question;

/**
 * An option of a question.
 *
 * @param id names the choice within its question, in responses and keys; says nothing about its
 *     place
 * @param text what the participant reads
 * @param fixed keeps its place when choices are shuffled, as 以上都对 must
 */
public record Choice(String id, String text, boolean fixed) {}
