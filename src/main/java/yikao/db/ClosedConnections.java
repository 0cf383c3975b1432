package yikao.db;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Drops connections to an H2 that has closed itself; for the pool, which makes it by its name. */
public final class ClosedConnections implements SQLExceptionOverride {
  /** For the pool. */
  public ClosedConnections() {}

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return SqlFailure.of(failure) == SqlFailure.DISCONNECTED
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
