package yikao.db;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import yikao.TestService;

/** A fresh database with all its tables, and no service over it. */
public final class BareDatabase implements AutoCloseable {
  private final HikariDataSource dataSource = new HikariDataSource();
  private final Transactions transactions;

  private BareDatabase(String url, String user, SQLDialect dialect) {
    dataSource.setJdbcUrl(url);
    dataSource.setUsername(user);
    dataSource.setMaximumPoolSize(6);
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/common")
        .callbacks(new PostgresStorage())
        .load()
        .migrate();
    transactions =
        new Transactions(DSL.using(dataSource, dialect), dataSource, Durability.BY_COMMIT);
  }

  /** An H2 in memory. */
  public static BareDatabase h2() {
    return new BareDatabase(TestService.memory(), "sa", SQLDialect.H2);
  }

  /** A real PostgreSQL. */
  public static BareDatabase postgres() throws Exception {
    Map<String, Object> settings = Postgres.database();
    return new BareDatabase(
        settings.get("yikao.database.url").toString(),
        settings.get("yikao.database.user").toString(),
        SQLDialect.POSTGRES);
  }

  public Transactions transactions() {
    return transactions;
  }

  public NodeClock clock() {
    return new NodeClock(transactions.read());
  }

  /** Leases of a node of its own. */
  public Leases leases() {
    return new Leases(transactions, clock(), new Node());
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
