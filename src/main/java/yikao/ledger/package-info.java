/** Who should take part and who did, with what result, for each organisation and as of any day. */
@NullMarked
package yikao.ledger;

import org.jspecify.annotations.NullMarked;
