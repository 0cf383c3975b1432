/** What people write, whatever it is about: which of it can be seen, and what is the same. Pure. */
@NullMarked
package yikao.text;

import org.jspecify.annotations.NullMarked;
