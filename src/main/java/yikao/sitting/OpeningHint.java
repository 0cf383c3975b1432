package yikao.sitting;

/**
 * That a branch has something to begin with.
 *
 * @param code of the branch
 * @param count how many questions, at least 1
 */
public record OpeningHint(String code, int count) {}
