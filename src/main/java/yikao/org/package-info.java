/** Organisations, from which participants choose their branch and by which results are summed. */
@NullMarked
package yikao.org;

import org.jspecify.annotations.NullMarked;
