package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempts;
import yikao.participant.Guests;
import yikao.participant.Visitor;
import yikao.quiz.Claim;
import yikao.quiz.Quiz;
import yikao.quiz.Rosters.Listed;
import yikao.sitting.JoinPage.Digits;
import yikao.sitting.JoinPage.Going;
import yikao.taking.Busy;
import yikao.taking.Starts;
import yikao.taking.WaitingPages;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** How one comes into a session with a phone: the code, the name, the paper. */
@Controller("/s")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class JoinPages {
  /** A longer list is looked through by name. */
  private static final int MOST = 60;

  private final JoinCodes codes;
  private final Sittings sittings;
  private final Accounts accounts;
  private final Attempts attempts;
  private final Starts starts;
  private final WaitingPages waiting;
  private final Guests guests;
  private final Pages pages;
  private final Messages messages;
  private final Templates templates;
  private final Times times;

  JoinPages(
      JoinCodes codes,
      Sittings sittings,
      Accounts accounts,
      Attempts attempts,
      Starts starts,
      WaitingPages waiting,
      Guests guests,
      Pages pages,
      Messages messages,
      Templates templates,
      Times times) {
    this.codes = codes;
    this.sittings = sittings;
    this.accounts = accounts;
    this.attempts = attempts;
    this.starts = starts;
    this.waiting = waiting;
    this.guests = guests;
    this.pages = pages;
    this.messages = messages;
    this.templates = templates;
    this.times = times;
  }

  private static String at(String code) {
    return "/s/" + URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asks for the code. */
  @Get
  HttpResponse<?> code(HttpRequest<?> request, @QueryValue(defaultValue = "") String code) {
    var typed = JoinCodes.plain(code);
    return typed.isEmpty()
        ? known(request, codePage(request, "", ""))
        : HttpResponse.seeOther(URI.create(at(typed)));
  }

  private MutableHttpResponse<?> codePage(HttpRequest<?> request, String typed, String problem) {
    var page = pages.at(request, pages.texts(request).of("join.title"), "/s");
    return templates.page("join-code.jte", new CodePage(page, typed, problem));
  }

  /** The browser is known by a secret from now on, so that wrong codes are told apart. */
  private MutableHttpResponse<?> known(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return guests.hasCookie(request)
        ? response
        : response.cookie(guests.cookie(guests.secret(request).orElseGet(guests::newSecret)));
  }

  private Optional<Sitting> find(HttpRequest<?> request, String code) {
    return codes.find(request, guests.secret(request).map(guests::id), code);
  }

  private MutableHttpResponse<?> wrongCode(HttpRequest<?> request, String code) {
    var problem = pages.texts(request).of("join.wrong-code");
    return known(request, codePage(request, code, problem)).status(HttpStatus.NOT_FOUND);
  }

  /** Asks who one is. */
  @Get("/{code}")
  HttpResponse<?> names(
      HttpRequest<?> request, String code, @QueryValue(defaultValue = "") String q) {
    return find(request, code)
        .<HttpResponse<?>>map(sitting -> known(request, page(request, sitting, Asked.first(q))))
        .orElseGet(() -> wrongCode(request, code));
  }

  /** What the page has to come back with. */
  private record Asked(
      String sought, Optional<UUID> chosen, Optional<Digits> digits, String problem) {
    static Asked first(String sought) {
      return new Asked(sought, Optional.empty(), Optional.empty(), "");
    }
  }

  private MutableHttpResponse<?> page(HttpRequest<?> request, Sitting sitting, Asked asked) {
    var texts = pages.texts(request);
    var quiz = sittings.quiz(sitting);
    var code = sitting.code().orElse("");
    var all = codes.names(sitting);
    var fitting = fitting(all, asked);
    var going = guests.visitor(request).flatMap(v -> going(quiz, v));
    return templates.page(
        "join.jte",
        new JoinPage(
            pages.at(request, texts.of("join.title"), at(code)),
            code,
            quiz.title(),
            accounts.branch(sitting),
            times.minute(texts, sitting.closesAt()),
            going,
            all.size() > MOST,
            asked.sought(),
            fitting.stream().limit(MOST).toList(),
            fitting.size() > MOST,
            asked.chosen(),
            asked.digits(),
            asked.problem()));
  }

  private static List<Listed> fitting(List<Listed> all, Asked asked) {
    if (all.size() <= MOST) {
      return all;
    }
    var part = asked.sought().strip().toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(who ->
            asked.chosen().isPresent()
                ? who.member().equals(asked.chosen().get())
                : who.name().toLowerCase(Locale.ROOT).contains(part))
        .toList();
  }

  /** What this browser has begun here, so that a reload or a scan goes on with it. */
  private Optional<Going> going(Quiz quiz, Visitor visitor) {
    return quiz
        .taker(visitor)
        .map(id -> attempts.ofParticipant(List.of(quiz), id))
        .orElse(List.of())
        .stream()
        .filter(a -> visitor.opens(a.tokenHash(), a.participantId()))
        .findFirst()
        .map(a -> new Going(a.id(), a.takenBy().name(), a.isEnded()));
  }

  /** Comes in. */
  @Post("/{code}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> start(HttpRequest<?> request, String code, @Body String body) {
    var form = Form.of(body);
    try {
      return find(request, code)
          .<HttpResponse<?>>map(sitting -> start(request, sitting, form))
          .orElseGet(() -> wrongCode(request, code));
    } catch (RuntimeException e) {
      return Busy.of(e)
          .<HttpResponse<?>>map(busy -> waiting.form(request, at(code), form, busy))
          .orElseThrow(() -> e);
    }
  }

  private HttpResponse<?> start(HttpRequest<?> request, Sitting sitting, Form form) {
    var secret = guests.secret(request).orElseGet(guests::newSecret);
    var member = member(form.one("member"));
    if (member == null) {
      var problem = pages.texts(request).of("join.choose");
      var asked = new Asked(form.one("q"), Optional.empty(), Optional.empty(), problem);
      return page(request, sitting, asked)
          .status(HttpStatus.UNPROCESSABLE_ENTITY)
          .cookie(guests.cookie(secret));
    }
    var claim =
        new Claim.Joined(secret, sitting.code().orElse(""), member, form.one("digits").strip());
    try {
      var begun = starts.start(request, sittings.quiz(sitting), claim);
      return HttpResponse.seeOther(URI.create("/attempts/" + begun.open().attempt().id()))
          .cookie(guests.cookie(secret))
          .cookie(guests.cookie(secret, begun.open().attempt().participantId()));
    } catch (Problem e) {
      return refused(request, sitting, claim, e).cookie(guests.cookie(secret));
    }
  }

  private static @Nullable UUID member(String written) {
    try {
      return UUID.fromString(written);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private MutableHttpResponse<?> refused(
      HttpRequest<?> request, Sitting sitting, Claim.Joined claim, Problem e) {
    var texts = pages.texts(request);
    var asked =
        switch (e.status()) {
          case UNPROCESSABLE_ENTITY -> digits(texts, claim, e);
          case CONFLICT, FORBIDDEN ->
              new Asked(
                  "",
                  Optional.of(claim.member()),
                  Optional.empty(),
                  messages.textForPage(texts.locale(), e.code(), e.arguments()));
          default -> throw e;
        };
    return page(request, sitting, asked).status(e.status());
  }

  private Asked digits(Texts texts, Claim.Joined claim, Problem e) {
    var error = e.errors().getFirst();
    var said = messages.textForPage(texts.locale(), error.code(), error.arguments());
    return new Asked(
        "", Optional.of(claim.member()), Optional.of(new Digits(claim.digits(), said)), "");
  }
}
