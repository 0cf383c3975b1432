package yikao.web;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses of scripts and styles. An address carries a digest of the content, so that browsers may
 * keep it for good and still see a new version at once.
 */
@Singleton
final class Assets {
  static final String PATH = "/assets/";

  private final Map<String, String> addresses = new ConcurrentHashMap<>();

  String address(String name) {
    return addresses.computeIfAbsent(name, n -> PATH + n + "?v=" + digest(n));
  }

  private static String digest(String name) {
    try (var stream = Assets.class.getResourceAsStream(PATH + name)) {
      var content = Objects.requireNonNull(stream, name).readAllBytes();
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
