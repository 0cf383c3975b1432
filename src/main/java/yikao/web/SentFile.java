package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A form that a browser has sent with a file.
 *
 * @param bytes of the file; empty where none was chosen
 */
@SuppressWarnings("ArrayRecordComponent")
public record SentFile(Form form, byte[] bytes) {
  private static final int MOST_FIELDS = 20;
  private static final byte[] NONE = {};

  /**
   * Reads a {@code multipart/form-data} body, or a form without a file. Nothing of it is written to
   * the disk; how large it may be is limited where it comes in.
   *
   * @throws Problem {@code malformed}
   */
  public static SentFile of(HttpRequest<?> sent, byte[] body) {
    var type = Optional.ofNullable(sent.getHeaders().get(HttpHeaders.CONTENT_TYPE)).orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA)) {
      return new SentFile(Form.of(new String(body, StandardCharsets.UTF_8)), NONE);
    }
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    try {
      return read(request, body.length);
    } catch (HttpPostRequestDecoder.ErrorDataDecoderException
        | HttpPostRequestDecoder.TooManyFormFieldsException
        | HttpPostRequestDecoder.TooLongFormFieldException
        | IllegalArgumentException
        | IOException e) {
      throw Problem.of(HttpStatus.BAD_REQUEST, "malformed");
    }
  }

  private static SentFile read(DefaultFullHttpRequest request, int length) throws IOException {
    var decoder =
        new HttpPostMultipartRequestDecoder(
            new DefaultHttpDataFactory(false),
            request,
            StandardCharsets.UTF_8,
            MOST_FIELDS,
            Math.max(1, length));
    try {
      return read(decoder.getBodyHttpDatas());
    } finally {
      decoder.destroy();
    }
  }

  private static SentFile read(List<InterfaceHttpData> parts) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    var bytes = NONE;
    for (var part : parts) {
      if (part instanceof FileUpload file) {
        bytes = file.get();
      } else if (part instanceof Attribute field) {
        fields.computeIfAbsent(field.getName(), _ -> new ArrayList<>()).add(field.getValue());
      }
    }
    return new SentFile(new Form(fields), bytes);
  }
}
