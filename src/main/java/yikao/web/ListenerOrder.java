package yikao.web;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import jakarta.inject.Singleton;
import java.util.Comparator;

/**
 * Puts the port of the service before that of metrics and health: the framework calls the first one
 * the server's, and gives them in no order of their own.
 */
@Singleton
final class ListenerOrder implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
  private static final String SERVICE = "default";

  @Override
  public NettyHttpServerConfiguration onCreated(
      BeanCreatedEvent<NettyHttpServerConfiguration> event) {
    var configuration = event.getBean();
    configuration.setListeners(
        configuration.getListeners().stream()
            .sorted(
                Comparator.comparing(
                    (NettyListenerConfiguration l) -> !l.getName().equals(SERVICE)))
            .toList());
    return configuration;
  }
}
