package yikao.access;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;

/**
 * The console's pages: who is signed in, what stands in the navigation, and forms that come from
 * these pages alone.
 */
@Singleton
public final class Consoles {
  /** The field of a form that carries its token. */
  public static final String TOKEN = "form";

  static final String CONSOLE = Callers.CONSOLE;
  static final String OWN = CONSOLE + "/own";
  static final String SIGN_IN = CONSOLE + "/sign-in";
  static final String PASSWORD = CONSOLE + "/password";

  private final Callers callers;
  private final StaffCookies cookies;
  private final Pages pages;
  private final List<ConsoleEntry> entries;

  Consoles(Callers callers, StaffCookies cookies, Pages pages, List<ConsoleEntry> entries) {
    this.callers = callers;
    this.cookies = cookies;
    this.pages = pages;
    this.entries = entries.stream().sorted(Comparator.comparingInt(ConsoleEntry::order)).toList();
  }

  /**
   * Who is signed in. Nobody goes on with a password that somebody else has given.
   *
   * @throws RuntimeException which leads to where one signs in or changes the password
   */
  public Staff require(HttpRequest<?> request) {
    var staff = signedIn(request);
    if (staff.account().filter(Account::mustChange).isPresent()) {
      throw new SignInNeededException(PASSWORD);
    }
    return staff;
  }

  /** Who is signed in, also with a password still to be changed. */
  Staff signedIn(HttpRequest<?> request) {
    return callers
        .find(request)
        .orElseThrow(() -> new SignInNeededException(SIGN_IN + "?to=" + here(request)));
  }

  private static String here(HttpRequest<?> request) {
    var here = request.getMethod() == HttpMethod.GET ? request.getUri().toString() : "";
    return URLEncoder.encode(here, StandardCharsets.UTF_8);
  }

  /** The frame of a page for somebody who is signed in. */
  public Console of(HttpRequest<?> request, Staff staff, String title) {
    var path = request.getPath();
    var items =
        entries.stream()
            .filter(entry -> entry.isFor(staff))
            .map(entry ->
                new Console.Item(
                    entry.path(),
                    pages.texts(request).of(entry.text()),
                    path.equals(entry.path())
                        || (!entry.path().equals(CONSOLE) && path.startsWith(entry.path() + "/"))))
            .toList();
    return new Console(
        pages.of(request, title),
        staff.account().map(Account::fullName).orElse(""),
        items,
        formToken(request).orElse(""));
  }

  private Optional<String> formToken(HttpRequest<?> request) {
    return cookies.token(request).map(cookies::formToken);
  }

  /**
   * Reads a form that a page of the console has sent.
   *
   * @throws Problem {@code other-form} where it does not come from a page of this session
   */
  public Form form(HttpRequest<?> request, String body) {
    return form(request, Form.of(body));
  }

  /**
   * Takes a form that came with a file.
   *
   * @throws Problem {@code other-form} where it does not come from a page of this session
   */
  public Form form(HttpRequest<?> request, Form form) {
    var given = form.one(TOKEN).getBytes(StandardCharsets.UTF_8);
    var isOwn =
        formToken(request)
            .filter(token -> MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given))
            .isPresent();
    if (!isOwn) {
      throw Problem.of(HttpStatus.FORBIDDEN, "other-form");
    }
    return form;
  }
}
