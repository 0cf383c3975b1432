package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.Transactions;

/** The console's lists: what stands in them, for whom, and as tables to take away. */
final class ConsoleListsIT {
  private static final String ORGANISATIONS =
      "code,name,parent\nTOP,市委,\nOWN,甲党委,TOP\nCHILD,甲支部,OWN\nFOREIGN,乙党委,TOP\n";

  private TestService service;
  private Client api;

  @BeforeEach
  void open() throws Exception {
    service = TestService.start(Map.of("yikao.bank", new SmallBank().root().toString()));
    api = new Client(service.uri());
    var imported = service.edit("PUT", "/api/organisations", ORGANISATIONS);
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private StaffBrowser staff(String name, String role, String organisation) {
    return StaffBrowser.of(api, name, role, organisation);
  }

  private String quiz(String title, String more) {
    return api.quiz(
        """
        {"title":"%s",%s"documents":["three"],"sections":[{"type":"single","count":1,"points":1}]}\
        """
            .formatted(title, more));
  }

  private static List<String> lines(Reply csv) {
    assertThat(csv.status()).as(csv.body()).isEqualTo(200);
    assertThat(csv.headers().get("content-type")).containsExactly("text/csv; charset=utf-8");
    return csv.body().substring(1).lines().toList();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void staff_isExportedAsOneSeesIt() {
    var all = staff("zongguan", "administrator", "");
    var part = staff("fenguan", "administrator", "OWN");
    staff("shuji", "secretary", "CHILD");
    staff("waimian", "secretary", "FOREIGN");
    var lines = lines(all.get("/console/exports/staff?format=csv"));
    assertThat(lines.getFirst()).isEqualTo("姓名,用户名,职责,状态");
    assertThat(lines)
        .contains("shuji,shuji,支部书记 · 市委 / 甲党委 / 甲支部,正常")
        .anyMatch(line -> line.startsWith("waimian,"));
    assertThat(lines(part.get("/console/exports/staff?format=csv")))
        .anyMatch(line -> line.startsWith("shuji,"))
        .noneMatch(line -> line.startsWith("waimian,") || line.startsWith("zongguan,"));
    assertThat(all.get("/console/exports/staff?format=doc").status()).isEqualTo(422);
    var xlsx = all.get("/console/exports/staff");
    assertThat(xlsx.headers().get("content-type").getFirst()).contains("spreadsheetml");
    assertThat(xlsx.headers().get("content-disposition").getFirst()).contains("staff.xlsx");
    assertThat(xlsx.headers().get("cache-control")).containsExactly("no-store");
  }

  @Test
  void ownTokensAndBrowsers_areExportedWithoutSecrets() {
    var own = staff("shuji", "secretary", "OWN");
    staff("lingyige", "secretary", "OWN").token("read");
    var secret = own.token("all");
    var tokens = own.get("/console/exports/tokens?format=csv");
    assertThat(lines(tokens)).hasSize(2);
    assertThat(lines(tokens).getLast()).startsWith("t,全部,");
    assertThat(tokens.body()).doesNotContain(secret, secret.substring(4));
    var browsers = own.get("/console/exports/sessions?format=csv");
    assertThat(lines(browsers)).hasSize(2);
    assertThat(browsers.body()).doesNotContain(own.cookies().values().iterator().next());
  }

  /** That something was taken out stands in the log, with what was looked for. */
  @Test
  void exports_standInTheLog() {
    var all = staff("zongguan", "administrator", "");
    for (var list : List.of("staff", "tokens", "sessions", "quizzes", "audit?subject=bank")) {
      assertThat(all.get("/console/exports/" + list).status()).as(list).isEqualTo(200);
    }
    var entries = api.get("/api/audit?limit=5", TestService.editorToken()).body();
    assertThat(entries)
        .containsSubsequence(
            "\"audit.export\"",
            "\"after\":\"bank\"",
            "\"quiz.export\"",
            "\"session.export\"",
            "\"token.export\"",
            "\"account.export\"");
  }

  /** A log of any length goes out as it is looked for, the newest first, and whole. */
  @Test
  void log_isExportedWholeHoweverLongItIs() {
    var entries = 20_000;
    service
        .context()
        .getBean(Transactions.class)
        .read()
        .execute(
            """
            insert into audit_entry
              (number, at, actor, address, action, subject, before_text, after_text, link)
            select "X" + 1000000, current_timestamp, 'system', '', 'quiz.edit',
              'quiz:' || mod("X", 10), '', 'revision ' || "X", ''
            from system_range(1, %d)\
            """
                .formatted(entries));
    var all = staff("zongguan", "administrator", "");
    var whole = lines(all.get("/console/exports/audit?format=csv"));
    assertThat(whole.getFirst()).isEqualTo("序号,时间,操作人,来自,操作,对象,改之前,改之后");
    assertThat(whole.get(1)).startsWith("1020000,").contains(",系统,,修改测验,quiz:0,,revision 20000");
    assertThat(whole.stream().skip(1).mapToLong(l -> Long.parseLong(l.split(",", 2)[0])).toArray())
        .hasSizeGreaterThan(entries)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a))
        .doesNotHaveDuplicates();
    var some = lines(all.get("/console/exports/audit?format=csv&subject=quiz:3"));
    assertThat(some).hasSize(entries / 10 + 1);
    assertThat(all.get("/console/exports/audit?actor=system").headers())
        .as("it is not held to be measured")
        .doesNotContainKey("content-length");
  }

  /** Who sees a part of the tree takes out that part. */
  @Test
  void organisations_areExportedAsFarAsOneSeesThem() {
    var part = staff("shuji", "secretary", "OWN");
    assertThat(lines(part.get("/console/exports/organisations?format=csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("OWN,甲党委,") && line.contains(",TOP,"))
        .anyMatch(line -> line.startsWith("CHILD,"));
    var all = staff("zongguan", "administrator", "");
    assertThat(lines(all.get("/console/exports/organisations?format=csv"))).hasSize(5);
    var token = api.get("/api/exports/organisations?format=csv", part.token("read"));
    assertThat(lines(token)).hasSize(3);
  }

  @Test
  void members_areExportedAsTheyAreLookedFor() {
    for (var name : List.of("王小明", "李红")) {
      member(name);
    }
    var all = staff("zongguan", "administrator", "");
    assertThat(lines(all.get("/console/exports/members?format=csv"))).hasSize(3);
    assertThat(lines(all.get("/console/exports/members?format=csv&name=" + escaped("小明"))))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("王小明,");
  }

  private String member(String name) {
    var made =
        api.post(
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"CHILD\",\"reason\":\"登记\"}".formatted(name),
            TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  /** A link to somebody who was erased says so, to those who could see the person. */
  @Test
  void erasedPerson_hasAPageWithoutThePerson() {
    var id = member("王小明");
    var all = staff("zongguan", "administrator", "");
    var erased =
        all.post(
            "/console/members/%s/erasure".formatted(id),
            Map.of("sure", "yes", "version", "1", "reason", "本人申请"));
    assertThat(erased.status()).as(erased.body()).isEqualTo(303);
    var page = all.get("/console/members/" + id);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("已删除的人员", "已由 zongguan 于", "删除个人信息")
        .doesNotContain("王小明", "本人申请");
    assertThat(all.get("/console/audit?subject=member:" + id).body())
        .contains("已删除的人员", "/console/members/" + id)
        .doesNotContain("王小明");
    var foreign = staff("waimian", "secretary", "FOREIGN");
    assertThat(foreign.get("/console/members/" + id).status()).isEqualTo(403);
    assertThat(all.get("/console/members/" + UUID.randomUUID()).status()).isEqualTo(404);
    var form = Map.of("name", "x", "version", "2");
    assertThat(all.post("/console/members/%s/edit".formatted(id), form).status()).isEqualTo(404);
  }

  @Test
  void log_callsThingsByTheirNames() {
    var quiz = quiz("党章知识竞赛", "");
    var id = member("王小明");
    var all = staff("zongguan", "administrator", "");
    staff("shuji", "secretary", "OWN");
    var page = all.get("/console/audit").body();
    assertThat(page)
        .contains("新建账号 · <a", ">shuji</a>", "支部书记 · 市委 / 甲党委")
        .contains("<a href=\"/console/quizzes/%s\">党章知识竞赛</a>".formatted(quiz), "版本 1")
        .contains("<a href=\"/console/members/%s\">王小明</a>".formatted(id))
        .contains("市委 / 甲党委 / 甲支部 在册")
        .doesNotContain("organisation:", "revision ", "enrolled", "secretary@");
  }

  @Test
  void quizzes_areThoseThatOneMayLookInto() {
    var everybodys = quiz("全市测验", "");
    var own = quiz("甲党委测验", "\"organisation\":\"OWN\",");
    var childs = quiz("甲支部测验", "\"organisation\":\"CHILD\",");
    var foreign = quiz("乙党委测验", "\"organisation\":\"FOREIGN\",");
    var part = staff("zuzhizhe", "organiser", "OWN");
    var page = part.get("/console/quizzes");
    assertThat(page.body())
        .contains("/console/quizzes/" + own, "/console/quizzes/" + childs, "市委 / 甲党委 / 甲支部")
        .doesNotContain(everybodys, foreign);
    assertThat(lines(part.get("/console/exports/quizzes?format=csv")).stream().skip(1))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("甲支部测验,市委 / 甲党委 / 甲支部,进行中,")
        .endsWith(",1,1," + childs);
    for (var hidden : List.of(everybodys, foreign)) {
      assertThat(part.get("/console/quizzes/" + hidden).status()).isEqualTo(403);
    }
    assertThat(part.get("/console/quizzes/nothere").status()).isEqualTo(404);
    var all = staff("dudao", "supervisor", "");
    assertThat(all.get("/console/quizzes").body())
        .contains(everybodys, own, childs, foreign)
        .contains("全部组织");
    assertThat(staff("shuji", "secretary", "OWN").get("/console").body())
        .doesNotContain("/console/quizzes");
  }

  @Test
  void quizzes_areFoundByTitleInEitherScriptAndByState() {
    var now = Instant.now();
    var planned = quiz("发展党员工作", "\"opens\":\"%s\",".formatted(now.plus(Duration.ofDays(1))));
    var closed =
        quiz(
            "纪律处分条例 Ａ",
            "\"opens\":\"%s\",\"closes\":\"%s\","
                .formatted(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))));
    var open = quiz("监督执纪", "");
    var all = staff("zuzhizhe", "organiser", "");
    var found = Map.of("發展黨員", planned, "条例a", closed, "监督", open);
    found.forEach((typed, code) -> {
      var body = all.get("/console/quizzes?q=" + escaped(typed)).body();
      assertThat(body).as(typed).contains("/console/quizzes/" + code + "\"");
      assertThat(found.values().stream().filter(c -> body.contains("/quizzes/" + c + "\"")))
          .as(typed)
          .hasSize(1);
    });
    var byState = Map.of("planned", planned, "closed", closed, "open", open);
    byState.forEach((state, code) -> {
      var body = all.get("/console/quizzes?state=" + state).body();
      assertThat(byState.values().stream().filter(c -> body.contains("/quizzes/" + c + "\"")))
          .as(state)
          .containsExactly(code);
    });
    assertThat(all.get("/console/quizzes?state=no").status()).isEqualTo(422);
    assertThat(all.get("/console/quizzes?after=nothere").status()).isEqualTo(404);
    assertThat(all.get("/console/quizzes?q=" + escaped("没有的")).body()).contains("没有符合的测验");
  }

  @Test
  void quizzes_arePagedByTheLastOne() {
    var codes = new HashMap<Integer, String>();
    IntStream.rangeClosed(1, 120).forEach(i -> codes.put(i, quiz("测验 " + i, "")));
    var all = staff("zuzhizhe", "organiser", "");
    var first = all.get("/console/quizzes").body();
    assertThat(first).contains("/console/quizzes/" + codes.get(120) + "\"", codes.get(71));
    assertThat(first).doesNotContain(codes.get(70)).contains("下一页");
    var second = all.get("/console/quizzes?after=" + codes.get(71)).body();
    assertThat(second)
        .contains(codes.get(70), codes.get(21))
        .doesNotContain("/quizzes/" + codes.get(71) + "\"");
    var rare = all.get("/console/quizzes?q=" + escaped("测验 7")).body();
    assertThat(rare).contains(codes.get(7), codes.get(77)).doesNotContain(codes.get(8) + "\"");
    assertThat(lines(all.get("/console/exports/quizzes?format=csv&state=open")))
        .filteredOn(line -> line.startsWith("测验 "))
        .hasSize(120);
  }

  @Test
  void quizPage_saysHowItGoes() {
    var quiz = quiz("党章测验", "\"organisation\":\"OWN\",\"timeLimitMinutes\":30,\"listed\":false,");
    var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", "CHILD");
    api.submit(started, "{}");
    api.start(quiz, UUID.randomUUID().toString(), "李红", "CHILD");
    var page = staff("zuzhizhe", "organiser", "OWN").get("/console/quizzes/" + quiz);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("市委 / 甲党委", "30 分钟", "1 题，满分 1 分", "不列在首页")
        .contains("2 人，2 次", "<dd>1 次</dd>", "新建测验")
        .contains("href=\"/quizzes/" + quiz + "\"", "href=\"/quizzes/" + quiz + "/leaderboard\"")
        .doesNotContain("王小明");
  }
}
