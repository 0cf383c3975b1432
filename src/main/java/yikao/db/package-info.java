/**
 * The database: generated jOOQ, migrations, transactions, group commit, and the clock that every
 * node shares. Knows no feature.
 */
@NullMarked
package yikao.db;

import org.jspecify.annotations.NullMarked;
