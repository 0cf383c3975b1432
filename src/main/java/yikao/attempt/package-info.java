/**
 * The engine: the life of an attempt from its start to its last marking. Decisions are pure
 * functions in {@code AttemptRules}; {@code AttemptWriter} reads, decides and writes for a whole
 * group at once. It starts what an {@link yikao.quiz.Admission} has let in, and tells every {@link
 * AttemptListener}; it knows neither pages nor the API of those who answer.
 */
@NullMarked
package yikao.attempt;

import org.jspecify.annotations.NullMarked;
