package yikao.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Spoils requests, each in one way or a few, or leaves them as they are. */
final class Spoiling {
  private static final List<String> METHODS =
      List.of("HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE", "GET", "POST", "PUT", "FOO", "get");

  private static final List<String> PATHS =
      List.of(
          "%00",
          "%",
          "%zz",
          "%ff",
          "%ed%a0%80",
          "%e2%80%ae",
          "%2e%2e%2f",
          "..",
          "//",
          "%2f",
          "%5c",
          ";a=b",
          "{quiz}",
          "%7bid%7d",
          "+",
          "*",
          "'",
          "|",
          "^",
          "%F0%9F%91%A9");

  private static final List<String> LANGUAGES =
      List.of(",", ";", ";q=", "zh;q=5", "*", "en;q=0", "-", "x", "zh-Hant-TW,en;q=0.5,", "1", "é");

  private static final List<String> TYPES =
      List.of(
          "",
          ";",
          "/",
          "text/plain",
          "text/csv",
          "application/xml",
          "application/json; charset=foo",
          "application/json; charset=utf-16",
          "application/json;;",
          "application/problem+json",
          "application/hal+json",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "*/*",
          "JSON");

  private static final List<String> ENCODINGS =
      List.of("gzip", "deflate", "br", "zstd", "snappy", "identity", "x", "gzip, gzip");

  private static final List<String> ANY_VALUES =
      List.of(
          "",
          " ",
          ",",
          ";",
          "null",
          "*",
          "a=b; c",
          "\"",
          "bytes=0-1,5-",
          "é\u00ff",
          "0",
          "-1",
          "9".repeat(400),
          "Bearer",
          "Bearer ",
          "Bearer \u00e9",
          "Basic eDp5",
          "100-continue",
          "yikao_guest=\"",
          "yikao_guest=a,b\\c\u00e9;0123456789abcdef",
          "yikao_guest=\"0123456789;abcdef 0123\"",
          "yikao_type=x; yikao_guest=; =",
          "::1, 1.2.3",
          "http://[",
          "websocket",
          "close");

  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Authorization",
          "Connection",
          "Cookie",
          "Expect",
          "Forwarded",
          "Host",
          "Idempotency-Key",
          "If-Modified-Since",
          "If-None-Match",
          "Origin",
          "Range",
          "Referer",
          "Sec-Fetch-Site",
          "Upgrade",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-HTTP-Method-Override");

  private final Random random;
  private final SpoiltJson json;

  Spoiling(Random random) {
    this.random = random;
    this.json = new SpoiltJson(random);
  }

  /** Three of ten stay as they are. */
  void spoil(Call call) {
    var dice = random.nextInt(100);
    if (dice >= 30 && call.body().length > 0) {
      if (dice < 85) {
        body(call);
      }
      if (dice >= 80) {
        around(call);
      }
    } else if (dice >= 30) {
      around(call);
    }
  }

  private void around(Call call) {
    switch (random.nextInt(5)) {
      case 0 -> path(call);
      case 1, 2 -> query(call);
      case 3 -> header(call);
      default -> framing(call);
    }
  }

  private void body(Call call) {
    var text = call.text();
    if (text.startsWith("{")) {
      json.spoil(call);
    } else if (text.startsWith("code,")) {
      csv(call);
    } else {
      form(call);
    }
  }

  private void csv(Call call) {
    var lines = new ArrayList<>(call.text().lines().toList());
    var at = random.nextInt(lines.size());
    var cells = lines.get(at).split(",", -1);
    cells[random.nextInt(cells.length)] = Odd.text(random);
    switch (random.nextInt(5)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(lines.get(at));
      case 2 -> lines.set(at, "\"" + lines.get(at));
      default -> lines.set(at, String.join(",", cells));
    }
    call.spoil("line " + at);
    call.text(String.join("\n", lines));
  }

  private void form(Call call) {
    var pairs = new ArrayList<>(List.of(call.text().split("&", -1)));
    var at = random.nextInt(pairs.size());
    var name = pairs.get(at).split("=", -1)[0];
    switch (random.nextInt(7)) {
      case 0 -> pairs.remove(at);
      case 1 -> pairs.add(pairs.get(at));
      case 2 -> pairs.set(at, encoded(Odd.text(random)) + "=x");
      case 3 -> pairs.set(at, pairs.get(at) + Odd.one(random, PATHS));
      default -> pairs.set(at, name + "=" + encoded(Odd.text(random)));
    }
    call.spoil("form " + name);
    call.text(String.join("&", pairs));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void path(Call call) {
    var parts = call.path().split("/", -1);
    var at = random.nextInt(parts.length);
    var piece =
        random.nextInt(3) == 0
            ? encoded(Odd.text(random)).replace("+", "%20")
            : Odd.one(random, PATHS);
    parts[at] = random.nextBoolean() ? piece : parts[at] + piece;
    call.spoil("path");
    call.path(shortened((at == 0 ? "/" : "") + String.join("/", parts)));
  }

  /** Short enough to reach what is behind it; sometimes not. */
  private String shortened(String path) {
    return path.length() > 3_500 && random.nextInt(4) > 0 ? path.substring(0, 3_500) : path;
  }

  private void query(Call call) {
    var parts = call.path().split("\\?", 2);
    var pairs =
        new ArrayList<>(parts.length == 1 ? List.of("x=1") : List.of(parts[1].split("&", -1)));
    var at = random.nextInt(pairs.size());
    var name = pairs.get(at).split("=", -1)[0];
    switch (random.nextInt(6)) {
      case 0 -> pairs.add(pairs.get(at));
      case 1 -> pairs.set(at, name);
      case 2 -> pairs.set(at, Odd.one(random, PATHS) + "=" + Odd.one(random, PATHS));
      case 3 -> pairs.add("more=" + encoded(Odd.text(random)));
      default -> pairs.set(at, name + "=" + encoded(Odd.text(random)));
    }
    call.spoil("query");
    call.path(shortened(parts[0] + "?" + String.join("&", pairs)));
  }

  private void header(Call call) {
    switch (random.nextInt(6)) {
      case 0 -> call.header("Accept-Language", Odd.one(random, LANGUAGES));
      case 1 -> call.header("Content-Type", Odd.one(random, TYPES));
      case 2 -> call.without(Odd.one(random, List.of("Content-Type", "Authorization", "Cookie")));
      case 3 -> call.header("Accept", Odd.one(random, TYPES));
      default -> any(call);
    }
    call.spoil("header");
  }

  private void any(Call call) {
    var name = Odd.one(random, HEADERS);
    call.header(name, Odd.one(random, ANY_VALUES));
    if (List.of("Connection", "Expect", "Upgrade", "Host").contains(name)) {
      call.unsound();
    }
  }

  private void framing(Call call) {
    call.spoil("framing");
    switch (random.nextInt(7)) {
      case 0 -> call.method(Odd.one(random, METHODS));
      case 1 -> call.chunked();
      case 2, 3, 4 -> call.header("Content-Encoding", Odd.one(random, ENCODINGS));
      case 5 -> {
        call.header("Content-Length", Odd.one(random, List.of("0", "-1", "x", "1", "99999999999")));
        call.unsound();
      }
      default -> {
        call.header("Content-Encoding", "gzip");
        call.body(Arrays.copyOf(zipped(new byte[8_000_000]), 1 + random.nextInt(7_000)));
      }
    }
    if (call.method().toLowerCase(Locale.ROOT).equals("head") || call.method().equals("TRACE")) {
      call.unsound();
    }
  }

  private static byte[] zipped(byte[] body) {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
