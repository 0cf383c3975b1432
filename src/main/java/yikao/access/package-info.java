/** Who may do what: the secrets, the editor's token and the limits per address. */
@NullMarked
package yikao.access;

import org.jspecify.annotations.NullMarked;
