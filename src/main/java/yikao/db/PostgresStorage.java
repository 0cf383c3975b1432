package yikao.db;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * How PostgreSQL stores what is written most, set again whenever a migration was applied; H2 knows
 * no such settings, and the migrations themselves are the same on both.
 */
public final class PostgresStorage implements Callback {
  private static final List<String> SETTINGS =
      List.of(
          // a save finds room for the row's next version on the same page, and touches no index
          "alter table progress set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.02,"
              + " autovacuum_vacuum_threshold = 1000)",
          // responses and marks of a usual paper stay in the row
          "alter table result alter column responses set storage main");

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_MIGRATE_APPLIED;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      var connection = context.getConnection();
      if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
        return;
      }
      try (var statement = connection.createStatement()) {
        for (var setting : SETTINGS) {
          statement.execute(setting);
        }
      }
    } catch (SQLException e) {
      throw new FlywayException(e);
    }
  }

  @Override
  public String getCallbackName() {
    return "postgres-storage";
  }
}
