/** The question bank: files → versions → the cached pool, and the check of the whole bank. */
@NullMarked
package yikao.bank;

import org.jspecify.annotations.NullMarked;
