package yikao.db;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * A migration of a large table may be silent for longer than a request; the pool sets its own limit
 * again when the connection comes back.
 */
final class MigrationTimeout implements Callback {
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      context.getConnection().setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException e) {
      throw new FlywayException(e);
    }
  }

  @Override
  public String getCallbackName() {
    return "migration-timeout";
  }
}
