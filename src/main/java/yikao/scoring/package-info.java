/** Marking: question + response + policy → mark. Pure, in exact decimals. */
@NullMarked
package yikao.scoring;

import org.jspecify.annotations.NullMarked;
