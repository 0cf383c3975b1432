package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.api.Client;

/** What a load balancer and systemd see while the database is disconnected. */
final class HealthIT {
  private static final Duration QUICK = Duration.ofSeconds(3);

  @Test
  void databaseAway_isSaidByReadinessAlone_andEndsByItself(@TempDir Path data) throws IOException {
    var server = DebianPostgres.start();
    if (server.isEmpty()) {
      return;
    }
    try (var postgres = server.get();
        var service = ServiceProcess.start(data, postgres.settings("postgres"))) {
      var api = new Client(service.management());
      assertThat(api.get("/health/readiness").status()).isEqualTo(200);
      postgres.end();
      var asked = System.nanoTime();
      var away = api.get("/health/readiness");
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(QUICK);
      assertThat(away.status()).isEqualTo(503);
      assertThat(api.get("/health/liveness").status()).isEqualTo(200);
      assertThat(new Client(service.uri()).get("/health/liveness").status()).isEqualTo(200);
      postgres.begin();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> api.get("/health/readiness").status() == 200);
    }
  }
}
