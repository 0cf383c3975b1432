/**
 * Taking a quiz, as participants do it: the pages, which work without a script, and the API. What
 * they see of a question in progress is of types that have no field for a key.
 */
@NullMarked
package yikao.taking;

import org.jspecify.annotations.NullMarked;
