/** What staff did: a log whose entries are chained, so that what is changed or cut off is seen. */
@NullMarked
package yikao.audit;

import org.jspecify.annotations.NullMarked;
