package yikao.db;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs what is periodic from when the service is up until it stops. */
@Singleton
final class PeriodicTasks implements ApplicationEventListener<ServerStartupEvent> {
  private final List<RepeatedWork> all;

  PeriodicTasks(List<PeriodicTask> tasks, Leases leases) {
    this.all =
        tasks.stream()
            .filter(PeriodicTask::isWanted)
            .filter(task -> !(task.isAboutOtherNodes() && leases.isAlone()))
            .map(task -> repeated(task, leases))
            .toList();
  }

  private static RepeatedWork repeated(PeriodicTask task, Leases leases) {
    if (!task.isForOneNode()) {
      return new RepeatedWork(task.name(), task.interval(), task::run, () -> {});
    }
    var lease = leases.lease(task.name());
    return new RepeatedWork(
        task.name(),
        task.interval(),
        mayGoOn -> {
          BooleanSupplier here = () -> mayGoOn.getAsBoolean() && lease.isHeld();
          if (here.getAsBoolean()) {
            task.run(here);
          }
        },
        lease::release);
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    all.forEach(RepeatedWork::start);
  }

  /** Before anything they use is closed: beans that refer to each other have no order for that. */
  @EventListener
  void onShutdown(ShutdownEvent event) {
    close();
  }

  @PreDestroy
  void close() {
    all.forEach(RepeatedWork::stop);
    all.forEach(RepeatedWork::close);
  }
}
