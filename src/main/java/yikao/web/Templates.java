package yikao.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Renders pages to bytes before anything is sent, so that a template that fails is an error. */
@Singleton
public final class Templates {
  private static final MediaType HTML = MediaType.of("text/html; charset=utf-8");
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "yikao.web.templates");

  /** The page that a template makes of its model. */
  public byte[] bytes(String template, Object model) {
    var output = new Utf8ByteOutput();
    engine.render(template, model, output);
    return output.toByteArray();
  }

  /** A page as a response. */
  public MutableHttpResponse<byte[]> page(String template, Object model) {
    return HttpResponse.ok(bytes(template, model)).contentType(HTML);
  }
}
