/**
 * What changes a result afterwards: a question voided or another key accepted, more time after an
 * outage, marks by a person. Each is ordered by staff with a reason; what concerns many attempts is
 * a job.
 */
@NullMarked
package yikao.remark;

import org.jspecify.annotations.NullMarked;
