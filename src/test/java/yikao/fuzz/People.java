package yikao.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import yikao.SittingRows;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.api.StaffBrowser;

/** Organisations and members of which requests are about, made as they are needed. */
final class People {
  private static final String TOP = "FT";
  private static final String OF_MEMBERS = "FM";
  private static final String OF_JOINERS = "FJ";
  private static final String FORGETFUL = "FV";

  private final TestService service;
  private final Client api;
  private int count;
  private String code = TOP;
  private String file = "";
  private String ownFile = "";
  private String quiz = "";
  private final List<String> joiners = new ArrayList<>();
  private String joinCode = "";
  private String missed = "";
  private String ended = "";
  private String sitting = "";

  People(TestService service, Client api) {
    this.service = service;
    this.api = api;
  }

  private Reply post(String path, String body) {
    return api.post(path, body, TestService.editorToken());
  }

  private void plant() {
    if (api.get("/api/organisations/" + TOP).status() != 200) {
      post("/api/organisations", organisation(TOP, ""));
      post("/api/organisations", organisation(OF_MEMBERS, ""));
    }
  }

  private static String organisation(String code, String parent) {
    return "{\"code\":\"%s\",\"name\":\"%s支部\",\"kind\":\"branch\",%s\"reason\":\"新成立\"}"
        .formatted(code, code, parent.isEmpty() ? "" : "\"parent\":\"%s\",".formatted(parent));
  }

  /** The body for a new one. */
  String organisation() {
    plant();
    return organisation("FN" + ++count, TOP);
  }

  /** A code for a route that wants one, of which that can be done. */
  String codeFor(String route) {
    if (!route.contains("{code}")) {
      return "";
    }
    if (route.contains("/opening")) {
      return forgetful();
    }
    plant();
    code = "FC" + ++count;
    post("/api/organisations", organisation(code, TOP));
    if (route.contains("/reopening")) {
      post("/api/organisations/%s/closing".formatted(code), change("\"date\":null"));
    }
    return code;
  }

  /** The body for a session. */
  String opening() {
    plant();
    return "{\"organisation\":\"%s\",\"area\":\"party-constitution\",\"questions\":2,\"minutes\":60,\"host\":\"h\"}"
        .formatted(OF_MEMBERS);
  }

  /** A session that was opened for this. */
  String sitting() {
    return post("/api/sittings", opening()).text("id");
  }

  /** A session of a branch without members that is over, to be confirmed. */
  String endedSitting() {
    if (ended.isEmpty()) {
      plant();
      post("/api/organisations", organisation("FE", TOP));
      ended = post("/api/sittings", opening().replace(OF_MEMBERS, "FE")).text("id");
      post("/api/sittings/%s/end".formatted(ended), "{\"version\":1}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ofEnded("/state").text("phase").equals("ended"));
    }
    return ended;
  }

  private Reply ofEnded(String what) {
    return api.get("/api/sittings/" + ended + what, TestService.editorToken());
  }

  /** Its version. */
  int endedVersion() {
    return ofEnded("").number("version").intValue();
  }

  /** The code of a session in which somebody has not begun yet. */
  String joinCode() {
    if (joiners.isEmpty() || post("/api/sittings/join", codeBody()).status() != 200) {
      plant();
      post("/api/organisations", organisation(OF_JOINERS, TOP));
      for (var name : List.of("甲一", "乙二", "丙三", "丁四", "戊五")) {
        // each name once
        post(
            "/api/members",
            member().replace(OF_MEMBERS, OF_JOINERS).replace("王小明", name + ++count));
      }
      joinCode = post("/api/sittings", opening().replace(OF_MEMBERS, OF_JOINERS)).text("code");
      var names = post("/api/sittings/join", codeBody()).json().get("members");
      joiners.clear();
      for (var i = 0; i < names.size(); i++) {
        joiners.add(names.get(i).get("id").getStringValue());
      }
    }
    return joinCode;
  }

  private String codeBody() {
    return "{\"code\":\"%s\"}".formatted(joinCode);
  }

  /** Somebody of its list, each once. */
  String joiner() {
    return joiners.isEmpty() ? "" : joiners.removeFirst();
  }

  /** A branch that has missed questions in its last session. */
  private String forgetful() {
    if (missed.isEmpty()) {
      plant();
      post("/api/organisations", organisation(FORGETFUL, TOP));
      post("/api/members", member().replace(OF_MEMBERS, FORGETFUL));
      var opened = post("/api/sittings", opening().replace(OF_MEMBERS, FORGETFUL));
      var body = "{\"code\":\"%s\"}".formatted(opened.text("code"));
      var member = post("/api/sittings/join", body).json().get("members").get(0).get("id");
      var begun =
          api.send(
              "POST",
              "/api/quizzes/%s/attempts".formatted(opened.text("quiz")),
              "{\"join\":{\"code\":\"%s\",\"member\":\"%s\"}}"
                  .formatted(opened.text("code"), member.getStringValue()),
              Map.of("Idempotency-Key", UUID.randomUUID().toString()));
      api.submit(begun, "{}");
      post("/api/sittings/%s/end".formatted(opened.text("id")), "{\"version\":1}");
      missed =
          api.get("/api/organisations/%s/opening".formatted(FORGETFUL), TestService.editorToken())
              .json()
              .get("questions")
              .get(0)
              .get("question")
              .getStringValue();
    }
    return FORGETFUL;
  }

  /** A question that it has missed. */
  String missed() {
    return missed;
  }

  /** The version of the one whose code was given last. */
  int version() {
    return api.get("/api/organisations/" + code, TestService.editorToken())
        .json()
        .get("version")
        .getIntValue();
  }

  /** The fields of a form of the console for a new one. */
  String organisationForm() {
    plant();
    count++;
    return "code=FN%d&name=n%d&kind=branch&parent=%s&reason=r".formatted(count, count, TOP);
  }

  /** The fields of a form of the console that splits the one whose code was given last. */
  String splitForm() {
    var child = "FD" + ++count;
    post("/api/organisations", organisation(child, code));
    return "code=FS%d&name=s%d&kind=branch&children=%s&version=%d&reason=r"
        .formatted(count, count, child, version());
  }

  /** A change of the one whose code was given last. */
  String change(String fields) {
    var version = version();
    return "{%s,\"version\":%d,\"reason\":\"调整\"}".formatted(fields, version);
  }

  String split() {
    var child = "FD" + ++count;
    post("/api/organisations", organisation(child, code));
    return change(
        "\"code\":\"FS%d\",\"name\":\"分出%d\",\"children\":[\"%s\"]".formatted(count, count, child));
  }

  /** The body for a new member. */
  String member() {
    plant();
    return "{\"name\":\"王小明\",\"organisation\":\"%s\",\"reason\":\"登记\"}".formatted(OF_MEMBERS);
  }

  /** A fresh member. */
  String memberId() {
    return post("/api/members", member()).text("id");
  }

  /** A quiz for members that has opened. */
  String quiz() {
    if (quiz.isEmpty()) {
      plant();
      quiz =
          api.quiz(
              "{\"title\":\"党员测试\",\"entry\":\"members\",\"listed\":false,"
                  + "\"sections\":[{\"type\":\"single\",\"count\":1,\"points\":1}]}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              api.get("/api/quizzes/%s/roster".formatted(quiz), TestService.editorToken())
                  .has("frozenAt"));
    }
    return quiz;
  }

  /** Somebody who came after that, to be added to its roster. */
  String addition() {
    quiz();
    return "{\"member\":\"%s\",\"reason\":\"后来转入\"}".formatted(memberId());
  }

  /** A session over that quiz. */
  String paperSitting() {
    if (sitting.isEmpty()) {
      sitting = SittingRows.insert(service.context(), quiz(), OF_MEMBERS).toString();
    }
    return sitting;
  }

  /** Somebody fresh of its roster. */
  String onRoster() {
    quiz();
    var member = memberId();
    post(
        "/api/quizzes/%s/roster/additions".formatted(quiz),
        "{\"member\":\"%s\",\"reason\":\"后来转入\"}".formatted(member));
    return member;
  }

  /** The number of a paper that is out. */
  int paper() {
    var printed =
        post(
            "/api/sittings/%s/papers".formatted(paperSitting()),
            "{\"members\":[\"%s\"]}".formatted(onRoster()));
    return printed.json().get(0).get("number").getIntValue();
  }

  /** A questionnaire but for its organisation or version. */
  static final String QUESTIONNAIRE =
      """
      {"%s":%s,"title":"问卷","anonymous":false,"questions":[{"kind":"single","text":"好不好","choices":["好","不好"]}]}\
      """;

  static final String CLOSES_AT =
      "{\"closesAt\":\"" + Instant.now().plus(Duration.ofDays(9)) + "\",\"version\":%d}";

  /** The same as a form has it. */
  static String closes() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(9) + "T10%3A00";
  }

  /** The body for a questionnaire of an organisation with one member. */
  String newQuestionnaire() {
    plant();
    if (api.get("/api/organisations/FQ").status() != 200) {
      post("/api/organisations", organisation("FQ", ""));
      post("/api/members", "{\"name\":\"问卷甲\",\"organisation\":\"FQ\",\"reason\":\"登记\"}");
    }
    return QUESTIONNAIRE.formatted("organisation", "\"FQ\"");
  }

  /** A draft of a questionnaire. */
  String questionnaire() {
    return post("/api/questionnaires", newQuestionnaire()).text("id");
  }

  /** One that is open, without a sheet that came back. */
  String openQuestionnaire() {
    var id = questionnaire();
    post("/api/questionnaires/%s/opening".formatted(id), CLOSES_AT.formatted(1));
    return id;
  }

  /** The body that draws a question for somebody. */
  String spotQuestion() {
    return "{\"member\":\"%s\",\"area\":\"party-constitution\",\"count\":1}".formatted(memberId());
  }

  /** A question that was asked and is not marked. */
  String spotQuestionId() {
    return post("/api/spot-questions", spotQuestion()).json().get(0).get("id").getStringValue();
  }

  /** Somebody who was added to its roster, to be taken out. */
  String removal() {
    var added = addition();
    post("/api/quizzes/%s/roster/additions".formatted(quiz), added);
    return added;
  }

  /** A change of a fresh member. */
  String memberChange(String fields) {
    return "{%s,\"version\":1,\"reason\":\"调整\"}".formatted(fields);
  }

  /** A file that was brought in the console and looked at. */
  String importId(StaffBrowser staff) {
    if (ownFile.isEmpty()) {
      plant();
      var csv = "name,organisation,number\n李红,%s,FX2\n".formatted(OF_MEMBERS);
      var brought = staff.postFile("/console/imports", Map.of("kind", "members"), csv);
      var at = brought.headers().get("location").getFirst();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> staff.get(at).body().contains("/confirmation"));
      ownFile = at.substring(at.lastIndexOf('/') + 1);
    }
    return ownFile;
  }

  /** A file that was looked at. */
  String importId() {
    if (file.isEmpty()) {
      plant();
      var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
      headers.put("Content-Type", "text/csv");
      var csv = "name,organisation,number\n李红,%s,FX1\n".formatted(OF_MEMBERS);
      file = api.send("POST", "/api/imports/members", csv, headers).text("id");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              api.get("/api/imports/" + file, TestService.editorToken())
                  .text("state")
                  .equals("checked"));
    }
    return file;
  }
}
