package yikao.web;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Scripts and styles. They stand below a folder that is named by a digest of them all, so that
 * browsers may keep them for good and still see a new version at once. It is a part of the path
 * because scripts import each other by relative addresses.
 */
@Singleton
final class Assets {
  static final String PATH = "/assets/";

  /** Every file; the digest is made of these. */
  static final List<String> NAMES =
      List.of(
          "attempt.js",
          "clock.js",
          "countdown.js",
          "dom.js",
          "handing-in.js",
          "kept.js",
          "panels.js",
          "paper.js",
          "pending.js",
          "print.css",
          "print.js",
          "retry.js",
          "saving.js",
          "screen.css",
          "screen.js",
          "server.js",
          "sitting.js",
          "typing.js",
          "waiting.js",
          "words.js",
          "yikao.css",
          "yikao.js",
          "yikao.svg");

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final String version;

  Assets() {
    NAMES.forEach(name -> contents.put(name, read(name)));
    version = digest(contents);
  }

  /** The folder of the present version, as an address. */
  String folder() {
    return PATH + version + "/";
  }

  boolean isPresent(String version) {
    return version.equals(this.version);
  }

  Optional<byte[]> content(String name) {
    return Optional.ofNullable(contents.get(name));
  }

  private static byte[] read(String name) {
    try (var stream = Assets.class.getResourceAsStream(PATH + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Map<String, byte[]> contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      contents.forEach((name, content) -> {
        digest.update((name + ":" + content.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
