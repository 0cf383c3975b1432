package yikao.org;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Codes of organisations in addresses. */
final class Codes {
  private Codes() {}

  /** As a part of a path. */
  static String escaped(String code) {
    return URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
