/** Tables of texts as Excel and CSV, written for people to take away; knows no feature. */
@NullMarked
package yikao.table;

import org.jspecify.annotations.NullMarked;
