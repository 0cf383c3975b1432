package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import yikao.TestService;
import yikao.api.Client.Reply;

/** A browser of the staff, as far as cookies and forms go. */
public final class StaffBrowser {
  public static final String PASSWORD = "七个人 一条心 work";

  /** What stands between the parts of a form with a file. */
  public static final String BOUNDARY = "yikao-test";

  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final Pattern ONCE = Pattern.compile("<code>([^<]+)</code>");

  private final Client api;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  public StaffBrowser(Client api) {
    this.api = api;
  }

  /**
   * Somebody with a role, who has signed in and changed the password.
   *
   * @param organisation code; empty: over everything
   */
  public static StaffBrowser of(Client api, String name, String role, String organisation) {
    return of(api, name, name, role, organisation);
  }

  /** The same with a name of the person beside that of the account. */
  public static StaffBrowser of(
      Client api, String name, String fullName, String role, String organisation) {
    var over = organisation.isEmpty() ? "" : ",\"organisation\":\"%s\"".formatted(organisation);
    var made =
        api.post(
            "/api/accounts",
            "{\"name\":\"%s\",\"fullName\":\"%s\",\"roles\":[{\"role\":\"%s\"%s}]}"
                .formatted(name, fullName, role, over),
            TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var browser = new StaffBrowser(api);
    browser.signIn(name, made.text("password"));
    var changed = browser.changePassword(made.text("password"), PASSWORD);
    assertThat(changed.status()).as(changed.body()).isEqualTo(303);
    return browser;
  }

  public Reply get(String path) {
    return kept(api.send("GET", path, new byte[0], headers()));
  }

  /** Sends a form with the token of the page of the own account. */
  public Reply post(String path, Map<String, String> fields) {
    var all = new LinkedHashMap<>(fields);
    all.put("form", formToken());
    return postRaw(path, all);
  }

  /** Sends a form as it is. */
  public Reply postRaw(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var headers = new LinkedHashMap<>(headers());
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    return kept(api.send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers));
  }

  /** Sends a form with a file, with the token of the page of the own account. */
  public Reply postFile(String path, Map<String, String> fields, String file) {
    var all = new LinkedHashMap<>(fields);
    all.put("form", formToken());
    var headers = new LinkedHashMap<>(headers());
    headers.put("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    var body = multipart(all, file).getBytes(StandardCharsets.UTF_8);
    return kept(api.send("POST", path, body, headers));
  }

  /** A body with fields and a file, as browsers write it. */
  public static String multipart(Map<String, String> fields, String file) {
    var parts =
        fields.entrySet().stream()
            .map(f ->
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(BOUNDARY, f.getKey(), f.getValue()))
            .collect(Collectors.joining());
    return parts
        + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
            .formatted(BOUNDARY)
        + "Content-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n".formatted(file, BOUNDARY);
  }

  public Reply signIn(String name, String password) {
    return postRaw("/console/sign-in", Map.of("name", name, "password", password));
  }

  public Reply changePassword(String before, String after) {
    return post("/console/password", Map.of("before", before, "after", after, "again", after));
  }

  /** Makes a token of this scope. */
  public String token(String scope) {
    var made = post("/console/own/tokens", Map.of("name", "t", "scope", scope, "days", "1"));
    return once(made);
  }

  /** What a page shows this once. */
  static String once(Reply page) {
    var found = ONCE.matcher(page.body());
    assertThat(found.find()).as(page.body()).isTrue();
    return found.group(1);
  }

  /** What the forms of this session carry. */
  public String formToken() {
    var found = FORM_TOKEN.matcher(get("/console/password").body());
    return found.find() ? found.group(1) : "none";
  }

  private Map<String, String> headers() {
    return cookies.isEmpty()
        ? Map.of()
        : Map.of(
            "Cookie",
            cookies.entrySet().stream()
                .map(c -> c.getKey() + "=" + c.getValue())
                .collect(Collectors.joining("; ")));
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  private Reply kept(Reply reply) {
    for (var cookie : reply.headers().getOrDefault("set-cookie", List.of())) {
      var pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return reply;
  }
}
