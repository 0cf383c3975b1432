package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.bank.Folders.single;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.question.Key;
import yikao.question.QuestionType;

/** Loading the bank again, over HTTP, and what is marked by what was loaded. */
class BankLoadIT {
  private static final String MORE = "01-charter/more.yaml";
  @TempDir Path root;
  private Folders folder;
  private TestService service;
  private Client api;

  @BeforeEach
  void start() {
    folder = new Folders(root).questions(questions(0, 16)).write(MORE, more(3));
    service = TestService.start(Map.of("yikao.bank", root.toString()));
    api = new Client(service.uri());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static String[] questions(int from, int to) {
    var questions = new String[to - from];
    for (var i = from; i < to; i++) {
      questions[i - from] = question(i, "判断", "如此这般第" + i + "说。", "答案: 对");
    }
    return questions;
  }

  /** So many questions of another document. */
  private static String more(int count) {
    return Folders.HEAD.replace("doc", "doubtful").replace("2022年", "1995年")
        + String.join("", questions(21, 21 + count));
  }

  private Reply load(String body) {
    return api.post("/api/bank/loads", body, TestService.editorToken());
  }

  private int published() {
    return service.context().getBean(Bank.class).pool().size();
  }

  private static void assertRefused(Reply reply, String... said) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.problem()).isEqualTo("invalid");
    assertThat(reply.fields()).containsExactly("confirmRetired");
    assertThat(reply.body()).contains(said);
  }

  @Test
  void moreThanATenthLeftOut_refusedWithNumberAndDocuments_untilThatNumberIsConfirmed() {
    folder.delete(MORE);
    assertRefused(load(""), "19", "3", "《旧规》3");
    assertRefused(load("{}"), "《旧规》3");
    assertRefused(load("{\"confirmRetired\":2}"), "《旧规》3");
    assertRefused(load("{\"confirmRetired\":19}"), "《旧规》3");
    assertThat(published()).as("nothing changed").isEqualTo(19);
    var loaded = load("{\"confirmRetired\":3}");
    assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
    assertThat(loaded.number("retired")).isEqualByComparingTo("3");
    assertThat(published()).isEqualTo(16);
    assertThat(load("").number("retired")).as("once is enough").isZero();
  }

  @Test
  void refusal_inEnglishToo() {
    folder.delete(MORE);
    var headers =
        Map.of(
            "Authorization", "Bearer " + TestService.editorToken(),
            "Accept-Language", "en",
            "Content-Type", "application/json");
    assertThat(api.send("POST", "/api/bank/loads", "{}", headers).body())
        .contains("the files lack 3 of the 19 published questions");
  }

  @Test
  void aTenthOrLess_retiredAtOnce() {
    folder.questions(questions(0, 15));
    assertThat(load("").number("retired")).isEqualByComparingTo("1");
    folder.questions(questions(0, 16)).write("01-charter/last.yaml", Folders.HEAD + last());
    assertThat(load("").number("added")).isEqualByComparingTo("1");
    assertThat(published()).isEqualTo(20);
    folder.questions(questions(0, 14));
    assertThat(load("").number("retired")).as("2 of 20").isEqualByComparingTo("2");
  }

  private static String last() {
    return question(99, "判断", "最后一说。", "答案: 错");
  }

  /** What an editor sets to 停用 himself is no file that went missing. */
  @Test
  void retiredInTheFile_needsNoConfirmation() {
    folder.write(MORE, more(3).replace("    题型", "    状态: 停用\n    题型"));
    assertThat(load("").status()).isEqualTo(200);
    assertThat(published()).isEqualTo(16);
    folder.delete(MORE);
    assertThat(load("").status()).as("they were retired before").isEqualTo(200);
  }

  @Test
  void wrongType_refused() {
    assertThat(load("{\"confirmRetired\":\"drei\"}").status()).isEqualTo(422);
    assertThat(published()).isEqualTo(19);
  }

  /** Enemies and the order of blanks are kept with the version. */
  @Test
  void whatAQuestionSays_isInThePoolOfTheDatabase() {
    var blank = question(51, "填空", "有____权、____权。", "空序: 不限\n互斥: [01-charter-001]\n答案: [选举, ~]");
    folder.write("01-charter/blank.yaml", Folders.HEAD + blank);
    assertThat(load("").number("added")).isEqualByComparingTo("1");
    var pool = service.context().getBean(Bank.class).pool();
    var stored = pool.all(QuestionType.BLANK).getFirst();
    assertThat(((Key.OfBlanks) stored.question().key()).anyOrder()).isTrue();
    assertThat(((Key.OfBlanks) stored.question().key()).blanks().get(1)).containsExactly("~");
    assertThat(stored.question().enemies()).containsExactly("01-charter-001");
    assertThat(pool.enemiesAt(QuestionType.BLANK, 0)).isNotEmpty();
    folder.write("01-charter/blank.yaml", Folders.HEAD + blank.replace("不限", "固定"));
    assertThat(load("").number("changed")).isEqualByComparingTo("1");
  }

  // what is accepted is a statement of a version

  private static String edited(String... choices) {
    return Folders.HEAD + single(61, "应当由谁批准？", "A", choices);
  }

  private String quizOfTheSingle() {
    return api.quiz(
        """
        {"title":"更正","listed":false,"passMark":1,
         "sections":[{"type":"single","count":1,"points":10}]}\
        """);
  }

  /** Starts, and answers with the choice that says so. */
  private Reply answered(String quiz, String text) {
    var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", "第一支部");
    var choices = started.json().get("questions").get(0).get("choices");
    for (var i = 0; i < choices.size(); i++) {
      if (choices.get(i).get("text").getStringValue().equals(text)) {
        var response =
            "{\"responses\":[{\"number\":1,\"sequence\":1,\"choices\":[\"%s\"]}]}"
                .formatted(choices.get(i).get("id").getStringValue());
        assertThat(api.submit(started, response).status()).isEqualTo(200);
        return started;
      }
    }
    throw new AssertionError(started.body());
  }

  private Reply amend(String quiz, String choices, String more) {
    var body =
        "{\"question\":\"01-charter-061\",\"choices\":%s,\"amendments\":0,\"reason\":\"答案有误\"%s}"
            .formatted(choices, more);
    return api.post("/api/quizzes/" + quiz + "/amendments", body, TestService.editorToken());
  }

  /** The identifier of the choice at an index, and of a version of the question its number. */
  private String choice(int index) {
    return versions().json().get(0).get("choices").get(index).get("id").getStringValue();
  }

  private Reply versions() {
    return api.get("/api/questions/01-charter-061", TestService.editorToken());
  }

  private int version(String textOfTheSecond) {
    var all = versions().json();
    for (var i = 0; i < all.size(); i++) {
      if (all.get(i).get("choices").get(1).get("text").getStringValue().equals(textOfTheSecond)) {
        return all.get(i).get("version").getIntValue();
      }
    }
    throw new AssertionError(versions().body());
  }

  private void assertScore(Reply started, String score) {
    assertThat(api.review(started).number("score")).isEqualByComparingTo(score);
  }

  @Test
  void choicesMovedByAnEdit_theStatementIsAccepted_notTheLetter() {
    folder.write("01-charter/single.yaml", edited("县委", "市委", "省委"));
    load("");
    var quiz = quizOfTheSingle();
    var before = answered(quiz, "市委");
    var beforeWrong = answered(quiz, "省委");
    folder.write("01-charter/single.yaml", edited("县委", "省委", "市委"));
    load("");
    var after = answered(quiz, "市委");
    var afterWrong = answered(quiz, "省委");

    var second = "[\"" + choice(1) + "\"]";
    var unclear = amend(quiz, second, "");
    assertThat(unclear.status()).as(unclear.body()).isEqualTo(422);
    assertThat(unclear.fields()).containsExactly("version");
    assertThat(amend(quiz, second, ",\"version\":2147483647").fields()).containsExactly("version");

    var amended = amend(quiz, second, ",\"version\":" + version("市委"));
    assertThat(amended.status()).as(amended.body()).isEqualTo(200);
    assertThat(amended.number("changed")).isEqualByComparingTo("2");
    assertScore(before, "10");
    assertScore(after, "10");
    assertScore(beforeWrong, "0");
    assertScore(afterWrong, "0");
    assertScore(answered(quiz, "市委"), "10");

    assertThat(shownAsRight(before)).isEqualTo(chosen(before));
    assertThat(shownAsRight(after)).isEqualTo(chosen(after));
    var listed = api.get("/api/quizzes/" + quiz + "/amendments", TestService.editorToken());
    var statements = listed.json().get("entries").get(0).get("statements");
    assertThat(statements.get(0).getStringValue()).isEqualTo("市委");
  }

  /** The choice that the review says to be right as well. */
  private String shownAsRight(Reply started) {
    var question = api.review(started).json().get("questions").get(0);
    return question.get("amendments").get(0).get("choices").get(0).getStringValue();
  }

  /** The choice that was made. */
  private String chosen(Reply started) {
    var question = api.review(started).json().get("questions").get(0);
    return question.get("chosen").get(0).getStringValue();
  }

  @Test
  void choiceThatOnlyAnOldVersionHad_canBeAccepted() {
    folder.write("01-charter/single.yaml", edited("县委", "市委", "省委"));
    load("");
    var quiz = quizOfTheSingle();
    var before = answered(quiz, "省委");
    var third = choice(2);
    folder.write("01-charter/single.yaml", edited("县委", "市委"));
    load("");
    var after = answered(quiz, "市委");
    assertThat(amend(quiz, "[\"" + third + "\"]", "").status()).isEqualTo(200);
    assertScore(before, "10");
    assertScore(after, "0");
  }

  @Test
  void bothAreRight_ofASingleChoice_eachIsAccepted() {
    folder.write("01-charter/single.yaml", edited("县委", "市委", "省委"));
    load("");
    var quiz = quizOfTheSingle();
    var key = answered(quiz, "县委");
    var other = answered(quiz, "市委");
    var wrong = answered(quiz, "省委");
    var both = "[\"%s\",\"%s\"]".formatted(choice(0), choice(1));
    assertThat(amend(quiz, both, "").number("changed")).isEqualByComparingTo("1");
    assertScore(key, "10");
    assertScore(other, "10");
    assertScore(wrong, "0");
  }

  @Test
  void unknownChoice_refused() {
    folder.write("01-charter/single.yaml", edited("县委", "市委", "省委"));
    load("");
    var quiz = quizOfTheSingle();
    assertThat(amend(quiz, "[\"nothing\"]", "").fields()).containsExactly("choices");
    assertThat(amend(quiz, "[]", "").fields()).containsExactly("choices");
  }
}
