package yikao.db;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** Which database is underneath; whoever has to know asks here. */
public enum Dialect {
  /** Embedded: one process, no round trips, one writer at a time. */
  H2,
  /** A server: several nodes may be over it, and each statement sent by itself is a round trip. */
  POSTGRESQL;

  /** The dialect of a database. */
  public static Dialect of(DSLContext dsl) {
    return dsl.family() == SQLDialect.POSTGRES ? POSTGRESQL : H2;
  }
}
