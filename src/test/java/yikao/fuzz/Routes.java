package yikao.fuzz;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import yikao.TestService;
import yikao.api.StaffBrowser;

/** Every route of the service, and a valid request for each. */
final class Routes {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  /** What takes long, or is not ours: called now and then. */
  private static final List<String> SELDOM =
      List.of(
          "POST /api/bank/loads",
          "POST /api/backups",
          // each ends a session, or takes a password that is right once
          "POST /console/sign-in",
          "POST /console/sign-out",
          "POST /console/password",
          "GET /prometheus",
          "GET /swagger",
          "GET /health",
          "GET /health/{selector}");

  private static final int SELDOM_ONE_OF = 100;

  /** Once there are organisations a branch is chosen from them. */
  private static final Pattern ABOUT_PEOPLE =
      Pattern.compile(
          "/(organisations|members|imports|exports|roster|ledger|sittings|papers|spot-questions|questionnaires|q|s)\\b");

  private static final Pattern AFTER_THE_END =
      Pattern.compile("/(review|result|annulment)$|/marks/");

  /**
   * A route.
   *
   * @param name method and path
   */
  private record Route(String name, boolean editors, boolean hasBody, List<String> queries) {}

  /** What a request is about. */
  private record Subject(World.Attempt attempt, String quiz, int number) {}

  private final Random random;
  private final World world;
  private final List<Route> routes;
  private final Map<String, Supplier<String>> bodies;
  private Subject subject;

  Routes(TestService service, World world, Random random) {
    this.world = world;
    this.random = random;
    this.bodies = bodies();
    this.routes =
        service
            .context()
            .getBean(Router.class)
            .uriRoutes()
            .filter(r ->
                r.getHttpMethod() != HttpMethod.HEAD && r.getHttpMethod() != HttpMethod.OPTIONS)
            .map(Routes::route)
            .collect(Collectors.toMap(Route::name, r -> r, (a, _) -> a))
            .values()
            .stream()
            .sorted(Comparator.comparing(Route::name))
            .toList();
  }

  private static Route route(UriRouteInfo<?, ?> info) {
    var method = info.getTargetMethod();
    var operation = method.getExecutableMethod().getTargetMethod().getAnnotation(Operation.class);
    var arguments = method.getArguments();
    return new Route(
        info.getHttpMethod()
            + " "
            + info.getUriMatchTemplate().toString().replaceAll("\\{[?].*}", ""),
        operation != null && operation.summary().endsWith("(staff)"),
        Arrays.stream(arguments).anyMatch(a -> a.getAnnotationMetadata().hasAnnotation(Body.class)),
        Arrays.stream(arguments)
            .filter(a -> a.getAnnotationMetadata().hasAnnotation(QueryValue.class))
            .map(a -> a.getName())
            .toList());
  }

  /** Routes with a body for which no valid one is known here. */
  List<String> unknown() {
    return routes.stream()
        .filter(r -> r.hasBody() && !bodies.containsKey(r.name()))
        .map(Route::name)
        .toList();
  }

  /** Routes that write, so that a valid request is accepted with a body; not the seldom ones. */
  List<String> writing() {
    return routes.stream()
        .filter(Route::hasBody)
        .map(Route::name)
        .filter(name -> !SELDOM.contains(name))
        .toList();
  }

  /** A valid request for any of the routes. */
  Call any(boolean organised) {
    while (true) {
      var route = Odd.one(random, routes);
      // routes with bodies have the most to go wrong
      var often = route.hasBody() || random.nextInt(4) == 0;
      var seldom = SELDOM.contains(route.name()) && random.nextInt(SELDOM_ONE_OF) > 0;
      var later = ABOUT_PEOPLE.matcher(route.name()).find() && !organised;
      if (often && !seldom && !later) {
        return call(route);
      }
    }
  }

  /** A valid request for a route that writes. */
  Call valid(String name) {
    return call(routes.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow());
  }

  private Call call(Route route) {
    var template = route.name().substring(route.name().indexOf(' ') + 1);
    var attempt = attempt(template);
    var quiz = quiz(template);
    subject = new Subject(attempt, quiz, 1 + random.nextInt(attempt.questions().size()));
    var path =
        template
            .replace("{quiz}", quiz)
            .replace("{number}", Integer.toString(number(template)))
            .replace("{version}/{name}", "1/attempt.js")
            .replace("{selector}", "readiness")
            .replace(
                "{code}",
                route.name().contains(" /s/")
                    ? world.people().joinCode()
                    : world.people().codeFor(route.name()))
            .replace("{kind}", "members")
            .replace(
                "{sitting}", template.contains("{sitting}") ? world.people().paperSitting() : "")
            .replace("{id}", id(template, attempt));
    var call = new Call(route.name(), path + query(route));
    credentials(call, route, attempt);
    if (route.hasBody()) {
      call.header("Content-Type", type(route, template));
      call.text(bodies.get(route.name()).get());
    }
    return call;
  }

  private String quiz(String template) {
    if (template.contains("/roster")) {
      return world.people().quiz();
    }
    return template.endsWith("/attempts") ? world.quizToStart() : world.quiz();
  }

  private World.Attempt attempt(String template) {
    return AFTER_THE_END.matcher(template).find() ? world.ended() : world.running();
  }

  private int number(String template) {
    if (template.contains("/papers/")) {
      return world.people().paper();
    }
    if (template.contains("/marks/")) {
      return World.essay(subject.attempt());
    }
    return template.contains("/amendments/") ? world.amendment(subject.quiz()) : subject.number();
  }

  private String id(String template, World.Attempt attempt) {
    if (template.contains("/accounts/") || template.contains("/staff/")) {
      return world.keptAccount();
    }
    if (template.contains("/own/tokens/")) {
      return world.token();
    }
    if (template.contains("/own/sessions/")) {
      return "999999";
    }
    if (template.contains("/questionnaires/") || template.startsWith("/q/")) {
      return template.matches(".*/(sheet|closing|prolongation|receipt)|/q/.*")
          ? world.people().openQuestionnaire()
          : world.people().questionnaire();
    }
    if (template.contains("/sittings/")) {
      return template.endsWith("/confirmation")
          ? world.people().endedSitting()
          : world.people().sitting();
    }
    if (template.contains("/members/")) {
      return world.people().memberId();
    }
    if (template.startsWith("/console/imports/")) {
      return world.people().importId(world.staff());
    }
    if (template.contains("/imports/")) {
      return world.people().importId();
    }
    if (template.contains("/spot-questions/")) {
      return world.people().spotQuestionId();
    }
    if (template.contains("/questions/")) {
      return "01-constitution-001";
    }
    return template.contains("/jobs/") ? world.job() : attempt.id();
  }

  private static String type(Route route, String template) {
    if (template.equals("/console/imports")) {
      return "multipart/form-data; boundary=" + StaffBrowser.BOUNDARY;
    }
    return template.endsWith("/imports/{kind}") || route.name().equals("PUT /api/organisations")
        ? "text/csv"
        : template.startsWith("/api/") ? JSON : FORM;
  }

  private void credentials(Call call, Route route, World.Attempt attempt) {
    if (route.name().contains(" /console")) {
      call.header("Cookie", "yikao_staff=" + world.staff().cookies().get("yikao_staff"));
    } else if (route.editors()) {
      call.header("Authorization", "Bearer " + TestService.editorToken());
    } else if (route.name().endsWith("/attempts") && route.name().contains("/api/")) {
      call.header("Idempotency-Key", random().toString());
    } else if (route.name().endsWith("/attempts")) {
      call.header("Cookie", TestService.guestCookie(random().toString()));
    } else if (route.name().contains(" /api/") && random.nextBoolean()) {
      call.header("Authorization", "Bearer " + attempt.token());
    } else {
      call.header("Cookie", TestService.guestCookie(attempt.secret()));
    }
  }

  /** A UUID of version 4. */
  private UUID random() {
    return new UUID(
        (random.nextLong() & ~0xf000L) | 0x4000, (random.nextLong() >>> 2) | Long.MIN_VALUE);
  }

  private String query(Route route) {
    var query =
        route.queries().stream()
            .filter(_ -> random.nextInt(3) > 0)
            .map(name -> name + "=" + value(name))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private String value(String name) {
    return switch (name) {
      case "pending" -> random.nextBoolean() ? "true" : "false";
      case "after", "attempt" -> subject.attempt().id();
      case "by" -> Odd.one(random, List.of("participant", "branch", "organisation"));
      case "size" -> random.nextBoolean() ? "large" : "normal";
      case "back" -> "/quizzes/" + subject.quiz();
      case "quiz" -> subject.quiz();
      case "subject" -> "quiz:" + subject.quiz();
      case "actor" -> "token:editor";
      case "to" -> "%2Fconsole%2Fstaff";
      case "organisation" -> "FT";
      case "name" -> "%E7%8E%8B";
      case "phones", "closed" -> "true";
      case "date" -> "2026-01-01";
      case "verdict" -> "refused";
      case "format" -> "csv";
      case "state" -> random.nextBoolean() ? "ended" : "running";
      case "numbers" -> "1,2";
      case "from" -> "2026-01-01T00:00:00Z";
      case "under" -> "DW";
      case "period" -> Odd.one(random, List.of("2026", "2026-Q4", "2026-11"));
      case "figure" -> Odd.one(random, List.of("should", "not-yet", "failed"));
      case "tree" -> "then";
      case "own", "sittings" -> "true";
      default -> Integer.toString(1 + random.nextInt(50));
    };
  }

  private Map<String, Supplier<String>> bodies() {
    return Map.ofEntries(
        Map.entry("POST /api/quizzes", this::quiz),
        Map.entry("PUT /api/quizzes/{quiz}", this::quiz),
        Map.entry(
            "POST /api/quizzes/{quiz}/attempts",
            () -> "{\"participant\":{\"name\":\"王小明\",\"branch\":\"%s\"}}".formatted(World.BRANCH)),
        Map.entry(
            "PUT /api/attempts/{id}/responses/{number}",
            () -> world.response(subject.attempt(), subject.number())),
        Map.entry("POST /api/attempts/{id}/submission", this::submission),
        Map.entry("POST /api/quizzes/{quiz}/amendments/preview", () -> amendment(false)),
        Map.entry("POST /api/quizzes/{quiz}/amendments", () -> amendment(true)),
        Map.entry(
            "POST /api/quizzes/{quiz}/extensions",
            () ->
                """
                {"minutes":15,"since":"2026-11-22T11:05:00Z","extensions":%d,"reason":"机房停电"}\
                """
                    .formatted(world.extensions(subject.quiz()))),
        Map.entry(
            "PUT /api/attempts/{id}/marks/{number}",
            () ->
                "{\"points\":%d.5,\"comment\":\"要点三没有答到\",\"version\":%d}"
                    .formatted(random.nextInt(10), world.marks(subject.attempt()))),
        Map.entry(
            "PUT /api/attempts/{id}/participant",
            () -> "{\"name\":\"王晓明\",\"branch\":\"%s\"}".formatted(World.BRANCH)),
        Map.entry(
            "POST /api/attempts/{id}/corrections",
            () ->
                "{\"name\":\"王晓明\",\"branch\":\"%s\",\"reason\":\"姓名写错\",\"version\":%d}"
                    .formatted(World.BRANCH, world.corrections(subject.attempt()))),
        Map.entry("POST /api/attempts/{id}/annulment", () -> "{\"reason\":\"停电中断\"}"),
        Map.entry(
            "POST /api/quizzes/{quiz}/amendments/{number}/withdrawal",
            () ->
                "{\"amendments\":%d,\"reason\":\"复核后原答案无误\"}"
                    .formatted(world.amendments(subject.quiz()))),
        Map.entry(
            "POST /api/quizzes/{quiz}/closing",
            () ->
                "{\"revision\":%d,\"reason\":\"提前清场\"}".formatted(world.revision(subject.quiz()))),
        Map.entry(
            "POST /api/sittings/{sitting}/papers",
            () -> "{\"members\":[\"%s\"]}".formatted(world.people().onRoster())),
        Map.entry(
            "PUT /api/sittings/{sitting}/papers/{number}",
            () -> "{\"version\":0,\"responses\":[{\"number\":1,\"choices\":[\"A\"]}]}"),
        Map.entry(
            "POST /api/sittings/{sitting}/papers/{number}/withdrawal",
            () -> "{\"reason\":\"改用手机\"}"),
        Map.entry(
            "POST /api/organisations/{code}/opening/answers",
            () -> "{\"question\":\"%s\",\"right\":false}".formatted(world.people().missed())),
        Map.entry("POST /api/questionnaires", () -> world.people().newQuestionnaire()),
        Map.entry(
            "PUT /api/questionnaires/{id}", () -> People.QUESTIONNAIRE.formatted("version", 1)),
        Map.entry("POST /api/questionnaires/{id}/opening", () -> People.CLOSES_AT.formatted(1)),
        Map.entry(
            "POST /api/questionnaires/{id}/prolongation", () -> People.CLOSES_AT.formatted(2)),
        Map.entry("POST /api/questionnaires/{id}/closing", () -> "{\"version\":2}"),
        Map.entry(
            "POST /api/questionnaires/{id}/sheet",
            () ->
                "{\"participant\":{\"name\":\"问卷甲\"},\"answers\":[{\"number\":1,\"choices\":[1]}]}"),
        Map.entry(
            "POST /console/questionnaires", () -> form("organisation=FQ&title=t&anonymous=true")),
        Map.entry(
            "POST /console/questionnaires/{id}",
            () ->
                form(
                    "version=1&title=t&purpose=p&anonymous=false&questions%5B0%5D.kind=single"
                        + "&questions%5B0%5D.text=q&questions%5B0%5D.choices=a%0Ab&do=save")),
        Map.entry(
            "POST /console/questionnaires/{id}/opening",
            () -> form("version=1&closes=" + People.closes())),
        Map.entry(
            "POST /console/questionnaires/{id}/prolongation",
            () -> form("version=2&closes=" + People.closes())),
        Map.entry("POST /console/questionnaires/{id}/closing", () -> form("version=2")),
        Map.entry("POST /console/questionnaires/{id}/deletion", () -> form("version=1")),
        Map.entry("POST /q/{id}", () -> "name=%E9%97%AE%E5%8D%B7%E7%94%B2&a1=1"),
        Map.entry("POST /api/spot-questions", () -> world.people().spotQuestion()),
        Map.entry("PUT /api/spot-questions/{id}/mark", () -> "{\"right\":true,\"version\":0}"),
        Map.entry(
            "POST /console/sittings/{sitting}/papers",
            () -> form("size=normal&member=" + world.people().onRoster())),
        Map.entry(
            "POST /console/sittings/{sitting}/papers/{number}",
            () -> form("version=0&do=check&q1=a")),
        Map.entry(
            "POST /console/sittings/{sitting}/papers/{number}/entry", () -> form("version=0&q1=a")),
        Map.entry(
            "POST /console/sittings/{sitting}/papers/{number}/withdrawal", () -> form("reason=r")),
        Map.entry(
            "POST /console/organisations/{code}/opening",
            () -> form("question=%s&right=false".formatted(world.people().missed()))),
        Map.entry(
            "POST /console/spot-questions",
            () ->
                form(
                    "organisation=FM&count=1&area=party-constitution&member="
                        + world.people().memberId())),
        Map.entry("POST /console/spot-questions/{id}/mark", () -> form("version=0&right=true")),
        Map.entry("POST /api/quizzes/{quiz}/roster/additions", () -> world.people().addition()),
        Map.entry("POST /api/quizzes/{quiz}/roster/removals", () -> world.people().removal()),
        Map.entry("POST /api/bank/loads", () -> "{\"confirmRetired\":1}"),
        Map.entry("POST /guest", () -> "do=leave&quiz=" + subject.quiz()),
        Map.entry("POST /api/accounts", this::account),
        Map.entry(
            "PUT /api/accounts/{id}/roles",
            () ->
                "{\"version\":%d,\"roles\":[{\"role\":\"supervisor\"}]}"
                    .formatted(world.accountVersion())),
        Map.entry(
            "POST /api/accounts/{id}/closing",
            () -> "{\"version\":%d}".formatted(world.accountVersion())),
        Map.entry(
            "POST /api/accounts/{id}/reopening",
            () -> "{\"version\":%d}".formatted(world.accountVersion())),
        Map.entry("POST /console/sign-in", () -> "name=admin&password=x&to=%2Fconsole"),
        Map.entry("POST /console/sign-out", () -> form("")),
        Map.entry("POST /console/password", () -> form("before=a&after=b&again=b")),
        Map.entry("POST /console/own/tokens", () -> form("name=a&scope=read&days=9")),
        Map.entry("POST /console/own/tokens/{id}/revocation", () -> form("")),
        Map.entry("POST /console/own/sessions/{id}/end", () -> form("")),
        Map.entry(
            "POST /console/staff",
            () -> form("name=m%d&fullName=c&role=editor".formatted(random.nextInt(1_000_000)))),
        Map.entry(
            "POST /console/staff/{id}/roles",
            () -> form("role=editor&version=%d".formatted(world.accountVersion()))),
        Map.entry(
            "POST /console/staff/{id}/closing",
            () -> form("version=%d".formatted(world.accountVersion()))),
        Map.entry(
            "POST /console/staff/{id}/reopening",
            () -> form("version=%d".formatted(world.accountVersion()))),
        Map.entry("POST /console/staff/{id}/password", () -> form("")),
        Map.entry("POST /console/organisations", () -> form(world.people().organisationForm())),
        Map.entry(
            "POST /console/organisations/{code}/edit",
            () -> organisationForm("kind=branch&name=n" + random.nextInt(1_000_000))),
        Map.entry("POST /console/organisations/{code}/move", () -> organisationForm("parent=FT")),
        Map.entry("POST /console/organisations/{code}/merge", () -> organisationForm("target=FT")),
        Map.entry(
            "POST /console/organisations/{code}/split", () -> form(world.people().splitForm())),
        Map.entry("POST /console/organisations/{code}/closing", () -> organisationForm("date=")),
        Map.entry("POST /console/organisations/{code}/reopening", () -> organisationForm("date=")),
        Map.entry(
            "POST /console/members", () -> form("name=a&organisation=FM&state=enrolled&reason=r")),
        Map.entry("POST /console/members/{id}/phone", () -> form("")),
        Map.entry("POST /console/members/{id}/edit", () -> form("name=b&post=c&version=1")),
        Map.entry(
            "POST /console/members/{id}/move", () -> form("organisation=FM&version=1&reason=r")),
        Map.entry(
            "POST /console/members/{id}/state", () -> form("state=floating&version=1&reason=r")),
        Map.entry("POST /console/members/{id}/record", () -> form("")),
        Map.entry("POST /console/members/{id}/erasure", () -> form("sure=yes&version=1&reason=r")),
        Map.entry("POST /console/imports", this::fileForm),
        Map.entry("POST /console/imports/{id}/confirmation", () -> form("rows=sound")),
        Map.entry("POST /api/organisations", () -> world.people().organisation()),
        Map.entry(
            "PUT /api/organisations/{code}",
            () -> world.people().change("\"name\":\"改名%d\"".formatted(random.nextInt(1_000_000)))),
        Map.entry(
            "POST /api/organisations/{code}/move",
            () -> world.people().change("\"parent\":\"FT\"")),
        Map.entry(
            "POST /api/organisations/{code}/merge",
            () -> world.people().change("\"target\":\"FT\"")),
        Map.entry("POST /api/organisations/{code}/split", () -> world.people().split()),
        Map.entry(
            "POST /api/organisations/{code}/closing", () -> world.people().change("\"date\":null")),
        Map.entry(
            "POST /api/organisations/{code}/reopening",
            () -> world.people().change("\"date\":null")),
        Map.entry("POST /api/members", () -> world.people().member()),
        Map.entry("POST /api/sittings", () -> world.people().opening()),
        Map.entry(
            "POST /api/sittings/join",
            () -> "{\"code\":\"%s\"}".formatted(world.people().joinCode())),
        Map.entry("POST /api/sittings/{id}/prolongation", () -> "{\"minutes\":5,\"version\":1}"),
        Map.entry("POST /api/sittings/{id}/end", () -> "{\"version\":1}"),
        Map.entry("PUT /api/sittings/{id}/attendance", () -> "{\"version\":1,\"members\":[]}"),
        Map.entry(
            "POST /api/sittings/{id}/confirmation",
            () -> "{\"version\":%d}".formatted(world.people().endedVersion())),
        Map.entry("POST /s/{code}", () -> "member=%s&digits=".formatted(world.people().joiner())),
        Map.entry(
            "POST /console/sittings",
            () ->
                form(
                    "organisation=FM&what=topic&area=party-constitution&questions=2&minutes=60"
                        + "&host=h&place=")),
        Map.entry("POST /console/sittings/{id}/prolongation", () -> form("minutes=5&version=1")),
        Map.entry("POST /console/sittings/{id}/end", () -> form("version=1")),
        Map.entry("POST /console/sittings/{id}/attendance", () -> form("version=1")),
        Map.entry(
            "POST /console/sittings/{id}/confirmation",
            () -> form("version=%d".formatted(world.people().endedVersion()))),
        Map.entry(
            "PUT /api/members/{id}", () -> "{\"name\":\"王晓明\",\"post\":\"委员\",\"version\":1}"),
        Map.entry(
            "POST /api/members/{id}/move",
            () -> world.people().memberChange("\"organisation\":\"FM\"")),
        Map.entry(
            "POST /api/members/{id}/state",
            () -> world.people().memberChange("\"state\":\"floating\"")),
        Map.entry("POST /api/members/{id}/erasure", () -> "{\"version\":1,\"reason\":\"本人申请\"}"),
        Map.entry(
            "POST /api/imports/{kind}",
            () -> "name,organisation,number\n李红,FM,F%d\n".formatted(random.nextInt(1_000_000))),
        Map.entry("POST /api/imports/{id}/confirmation", () -> "{\"rows\":\"sound\"}"),
        Map.entry(
            "PUT /api/organisations", () -> "code,name,parent\nF1,甲党委,\nF2,乙支部,F1\nF3,丙支部,F1\n"),
        Map.entry(
            "POST /quizzes/{quiz}/attempts",
            () -> "name=%E7%8E%8B%E5%B0%8F%E6%98%8E&branch=" + World.BRANCH + "&find=&do="),
        Map.entry("POST /attempts/{id}", this::form),
        Map.entry(
            "POST /attempts/{id}/participant",
            () -> "name=%E6%9D%8E%E7%BA%A2&branch=" + World.BRANCH + "&find=&sought=&do=correct"),
        Map.entry("POST /attempts/{id}/submission", () -> "do=submit"));
  }

  private String account() {
    return "{\"name\":\"n%d\",\"fullName\":\"甲\",\"roles\":[{\"role\":\"supervisor\"}]}"
        .formatted(random.nextInt(1_000_000));
  }

  private String organisationForm(String fields) {
    return form("%s&version=%d&reason=r".formatted(fields, world.people().version()));
  }

  private String fileForm() {
    return StaffBrowser.multipart(
        Map.of("form", world.staff().formToken(), "kind", "members"),
        "name,organisation,number\n李红,FM,F%d\n".formatted(random.nextInt(1_000_000)));
  }

  /** A form of the console, as its pages send it. */
  private String form(String fields) {
    return "form=%s&%s".formatted(world.staff().formToken(), fields);
  }

  private String quiz() {
    return random.nextInt(3) == 0 ? quizOfFew() : quizOfAny();
  }

  /** One whose attempts have the same questions, so that an amendment concerns them all. */
  private String quizOfFew() {
    return """
    {"title":"题少","listed":false,"documents":["%s"],"passMark":1,"timeLimitMinutes":60,
      "sections":[{"type":"single","count":%d,"points":10}]}\
    """
        .formatted(world.document(), world.few().size());
  }

  private String quizOfAny() {
    var extra =
        Odd.one(
            random,
            List.of(
                "",
                ",\"opens\":\"2025-01-01T00:00:00Z\",\"closes\":\"2099-12-01T10:00:00Z\"",
                ",\"timeLimitMinutes\":30,\"minimumSeconds\":0,\"graceSeconds\":5,\"tries\":9",
                ",\"atClose\":\"finish\",\"draw\":\"least-used-first\"",
                ",\"marking\":{\"multiple\":\"partial\",\"partialShare\":0.5,\"penalty\":0.25}"));
    return """
    {"title":"乱试","description":"一行\\n又一行","listed":%b,"sections":[
      {"type":"single","count":2,"points":2.5,"difficulty":{"1":1,"2":1,"3":2,"4":1,"5":1}},
      {"type":"judge","count":1,"points":1,"areas":[]}],
      "reveal":{"what":"review","when":"at-once"},"passMark":1,"counting":"best",
      "shuffleChoices":true,"entry":"everyone","minimumParticipants":1%s}\
    """
        .formatted(random.nextInt(10) == 0, extra);
  }

  private String submission() {
    var attempt = subject.attempt();
    return IntStream.rangeClosed(1, attempt.questions().size())
        .mapToObj(n -> "{\"number\":%d,".formatted(n) + world.response(attempt, n).substring(1))
        .collect(Collectors.joining(",", "{\"responses\":[", "]}"));
  }

  private String amendment(boolean confirm) {
    var question = Odd.one(random, world.few());
    var kind =
        Odd.one(
            random,
            List.of(
                "\"voided\":\"full-points\"",
                "\"voided\":\"out-of-maximum\"",
                "\"choices\":[\"%s\"]".formatted(question.choices().getLast().id())));
    return "{\"question\":\"%s\",%s%s}"
        .formatted(
            question.id(),
            kind,
            confirm
                ? ",\"amendments\":%d,\"reason\":\"题干有歧义\""
                    .formatted(world.amendments(subject.quiz()))
                : "");
  }

  private String form() {
    var attempt = subject.attempt();
    return IntStream.rangeClosed(1, attempt.questions().size())
        .mapToObj(n -> {
          var texts = attempt.questions().get(n - 1).get("texts").getIntValue();
          var choices = attempt.questions().get(n - 1).get("choices");
          var value = texts > 0 ? "%E4%B8%89" : choices.get(0).get("id").getStringValue();
          return "d%d=x".formatted(n) + "&a%d=%s".formatted(n, value).repeat(Math.max(1, texts));
        })
        .collect(Collectors.joining("&"));
  }
}
