/**
 * The life of an attempt: start, save, submit, expire, mark, mark again. Decisions are pure
 * functions in {@code AttemptRules}; {@code AttemptWriter} reads, decides and writes for a whole
 * group at once.
 */
@NullMarked
package yikao.attempt;

import org.jspecify.annotations.NullMarked;
