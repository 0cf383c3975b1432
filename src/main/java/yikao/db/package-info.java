/**
 * The database: generated jOOQ, migrations, transactions, group commit, what is periodic, jobs,
 * backups, and the clock that every node shares. Knows no feature. Over H2 it uses the JDBC driver
 * and nothing below it.
 */
@NullMarked
package yikao.db;

import org.jspecify.annotations.NullMarked;
