/**
 * Who takes part: so far guests, each known by a secret; how they are called, and how their names
 * are masked where everybody may read them.
 */
@NullMarked
package yikao.participant;

import org.jspecify.annotations.NullMarked;
