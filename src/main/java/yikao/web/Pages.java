package yikao.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes what the layout needs from a request. */
@Singleton
public final class Pages {
  private final Assets assets;
  private final Messages messages;

  Pages(Assets assets, Messages messages) {
    this.assets = assets;
    this.messages = messages;
  }

  /** The words of a request's language. */
  public Texts texts(HttpRequest<?> request) {
    return messages.texts(Messages.locale(request));
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
        texts(request),
        LargeType.isOn(request),
        assets.folder(),
        LargeType.ownPath(here),
        Optional.empty());
  }
}
