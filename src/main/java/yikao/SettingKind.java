package yikao;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What values a setting may have.
 *
 * @param isRight whether a value is one of them
 * @param said what it should be, in both languages, for operators
 * @param example one of them
 */
record SettingKind(Predicate<String> isRight, String said, String example) {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,10}");
  private static final Pattern CODE = Pattern.compile("[0-9a-f]{12}");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|[smhd])");

  /** Any text, also none. */
  static SettingKind text() {
    return new SettingKind(_ -> true, "", "");
  }

  static SettingKind whole(long least, long most, long example) {
    return new SettingKind(
        v -> WHOLE.matcher(v).matches() && Long.parseLong(v) >= least && Long.parseLong(v) <= most,
        "%d 到 %d 的整数 a whole number from %d to %d".formatted(least, most, least, most),
        Long.toString(example));
  }

  static SettingKind duration(Duration least, Duration most, String example) {
    return new SettingKind(
        v -> duration(v).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0).isPresent(),
        "%s 到 %s 的时长 a duration from %s to %s"
            .formatted(said(least), said(most), said(least), said(most)),
        example);
  }

  private static Optional<Duration> duration(String written) {
    var parts = DURATION.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var number = Long.parseLong(parts.group(1));
    return Optional.of(
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  private static String said(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  static SettingKind oneOf(List<String> words) {
    return new SettingKind(
        v -> words.contains(v.toLowerCase(Locale.ROOT)),
        "其中之一 one of %s".formatted(String.join(", ", words)),
        words.getFirst());
  }

  /** What a refused start has said, or none. */
  static SettingKind code() {
    return new SettingKind(
        v -> v.isBlank() || CODE.matcher(v).matches(),
        "启动被拒绝时给出的代码 the code that a refused start has given",
        "0123456789ab");
  }

  static SettingKind timeZone() {
    return new SettingKind(
        SettingKind::isTimeZone, "时区的名称 the name of a time zone", "Asia/Shanghai");
  }

  private static boolean isTimeZone(String name) {
    try {
      return ZoneId.of(name) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** An address of this machine, or a name that stands for one. */
  static SettingKind address() {
    return new SettingKind(SettingKind::isAddress, "本机的地址 an address of this machine", "127.0.0.1");
  }

  private static boolean isAddress(String address) {
    try {
      return !address.isBlank() && InetAddress.getByName(address) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Addresses with commas, or none. */
  static SettingKind addresses() {
    return new SettingKind(
        v ->
            v.isBlank()
                || List.of(v.split(",", -1)).stream()
                    .map(String::strip)
                    .allMatch(SettingKind::isLiteral),
        "IP 地址，以逗号分开，不是网段或主机名 IP addresses with commas, no ranges and no names",
        "10.0.0.1,10.0.0.2");
  }

  private static boolean isLiteral(String address) {
    try {
      return InetAddress.ofLiteral(address) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The address of a site, or none. */
  static SettingKind site() {
    return new SettingKind(
        v -> v.isBlank() || isSite(v),
        "手机能打开的网址，http 或 https，后面没有路径 an http or https address without a path",
        "https://quiz.example.org");
  }

  private static boolean isSite(String address) {
    try {
      var uri = new URI(address);
      var scheme = String.valueOf(uri.getScheme());
      return (scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  static SettingKind database() {
    return new SettingKind(
        v -> v.startsWith("jdbc:h2:") || v.startsWith("jdbc:postgresql:"),
        "H2 或 PostgreSQL 的 JDBC 地址 a JDBC address of H2 or PostgreSQL",
        "jdbc:postgresql://127.0.0.1/yikao");
  }

  /** A folder that is there or can be made; who writes into it says where that fails. */
  static SettingKind folderToBe() {
    return new SettingKind(
        v -> isPath(v, p -> Files.isDirectory(nearest(p))),
        "文件夹，或可以新建的文件夹 a folder that is there or can be made",
        "/var/lib/yikao");
  }

  /** A file that can be read, or made. */
  static SettingKind file() {
    return new SettingKind(
        v -> isPath(v, p -> Files.exists(p) ? isReadableFile(p) : isWritable(p)),
        "可读的文件，或可以新建的文件 a file that can be read, or made",
        "/var/lib/yikao/secrets.properties");
  }

  private static boolean isPath(String value, Predicate<Path> isRight) {
    try {
      return !value.isBlank() && isRight.test(Path.of(value).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isReadableFile(Path path) {
    return Files.isRegularFile(path) && Files.isReadable(path);
  }

  private static boolean isWritable(Path path) {
    return Files.isDirectory(nearest(path)) && Files.isWritable(nearest(path));
  }

  /** What is there of a path: itself, or the nearest above it. */
  private static Path nearest(Path path) {
    var there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }
}
