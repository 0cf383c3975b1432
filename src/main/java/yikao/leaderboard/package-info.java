/** Standings and ranks of participants, branches and organisations. */
@NullMarked
package yikao.leaderboard;

import org.jspecify.annotations.NullMarked;
