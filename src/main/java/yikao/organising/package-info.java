/** The console's pages about quizzes: which there are, how one goes, what was done to it. */
@NullMarked
package yikao.organising;

import org.jspecify.annotations.NullMarked;
