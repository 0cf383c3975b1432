/**
 * Yikao (以考): quizzes on party rules and law, from the question bank to a leaderboard. Each package
 * is a feature; its {@code package-info} says why it exists.
 */
@NullMarked
package yikao;

import org.jspecify.annotations.NullMarked;
