package yikao.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes what the layout needs from a request. */
@Singleton
public final class Pages {
  private final Assets assets;

  Pages(Assets assets) {
    this.assets = assets;
  }

  /** The page that a request asks for. */
  public Page of(HttpRequest<?> request, String title) {
    var here = request.getMethod() == HttpMethod.GET ? request.getUri().toString() : "/";
    return at(request, title, here);
  }

  /** The answer to a post, whose own address cannot be asked for again. */
  public Page at(HttpRequest<?> request, String title, String here) {
    return new Page(
        title,
        LargeType.isOn(request),
        assets.address("yikao.css"),
        assets.address("yikao.js"),
        assets.address("yikao.svg"),
        LargeType.ownPath(here),
        Optional.empty());
  }
}
