/** Branch test sessions (场次): opened, joined by a code, watched live, ended, accounted for. */
@NullMarked
package yikao.sitting;

import org.jspecify.annotations.NullMarked;
