package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * Scripts and styles at the address of their version. A page that was made by another version gets
 * the present files, which its browser must not keep under that name.
 */
@Controller("/assets")
@Hidden
final class AssetFiles {
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final Assets assets;

  AssetFiles(Assets assets) {
    this.assets = assets;
  }

  @Get("/{version}/{name}")
  HttpResponse<?> get(String version, String name) {
    var content =
        assets
            .content(name)
            .orElseThrow(() -> Problem.of(HttpStatus.NOT_FOUND, "no-such-resource"));
    return HttpResponse.ok(content)
        .contentType(type(name))
        .header(HttpHeaders.CACHE_CONTROL, assets.isPresent(version) ? FOR_GOOD : ASK_AGAIN);
  }

  private static MediaType type(String name) {
    return MediaType.of(
        name.endsWith(".js")
            ? "text/javascript; charset=utf-8"
            : name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml");
  }
}
