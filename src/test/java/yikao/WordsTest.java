package yikao;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words that people read stand in message files and nowhere else, and the message files have
 * what is asked of them and nothing else.
 */
class WordsTest {
  private static final Pattern CHINESE =
      Pattern.compile("[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF]");

  /** What is not for those who take a quiz, or is not a word. */
  private static final List<String> EXEMPT =
      List.of(
          // the bank's files and what their editors are told of them
          "src/main/java/yikao/bank/",
          // what an operator reads on the terminal and in logs
          "src/main/java/yikao/Application.java",
          "src/main/java/yikao/SettingKind.java",
          "src/main/java/yikao/Settings.java",
          "src/main/java/yikao/access/FirstSignIn.java",
          "src/main/java/yikao/access/FirstToken.java",
          // what passwords must not be
          "src/main/java/yikao/access/PasswordPolicy.java",
          "src/main/java/yikao/access/SecretsFile.java",
          "src/main/java/yikao/access/SettledKeys.java",
          "src/main/java/yikao/access/VerifyAudit.java",
          "src/main/java/yikao/db/BackupArchive.java",
          "src/main/java/yikao/db/BackupContents.java",
          "src/main/java/yikao/db/DamagedDatabase.java",
          "src/main/java/yikao/db/DataFolder.java",
          "src/main/java/yikao/db/EmbeddedFile.java",
          "src/main/java/yikao/db/OldJournal.java",
          "src/main/java/yikao/db/RestoreBackup.java",
          // tables for reading answers and citations
          "src/main/java/yikao/question/Adjoining.java",
          "src/main/java/yikao/question/Enemies.java",
          "src/main/java/yikao/question/Folding.java",
          "src/main/java/yikao/question/Numerals.java",
          // marks that do not count around an answer
          "src/main/java/yikao/text/WrittenText.java");

  /** Which argument of a call is a key, by how the call is written. */
  private static final Map<Pattern, Integer> KEYS =
      Map.of(
          Pattern.compile("(.*\\.)?texts(\\(\\w*\\))?\\.of"), 0,
          Pattern.compile("(.*\\.)?page(\\(\\))?\\.(text|markup)"), 0);

  /** The same of problems, which have English texts too. */
  private static final Map<Pattern, Integer> CODES =
      Map.of(
          Pattern.compile("Problem\\.(notFound|conflict|unavailable)"), 0,
          Pattern.compile("Problem\\.(of|retryLater)"), 1);

  private static final Map<Pattern, Integer> FIELD_CODES =
      Map.of(Pattern.compile("Problem\\.invalid|(Problem\\.)?FieldError\\.of|error"), 1);

  private static final Pattern QUOTED_IN_TEMPLATE =
      Pattern.compile("\"([a-z][\\w-]*\\.[\\w.-]*)\"");
  private static final Pattern SAID_IN_SCRIPT =
      Pattern.compile("\\bsay\\((?:[^'()]*\\?\\s*)?'([\\w-]+)'(?:\\s*:\\s*'([\\w-]+)')?");

  private static final Set<String> CHINESE_KEYS = Sources.messages("zh").stringPropertyNames();
  private static final Set<String> ENGLISH_KEYS = Sources.messages("en").stringPropertyNames();

  private static final Map<Path, Literals> JAVA = Literals.of(Sources.files(Sources.JAVA, ".java"));

  private static boolean isExempt(Path file) {
    return EXEMPT.stream().anyMatch(file.toString()::startsWith);
  }

  private static boolean isChinese(String text) {
    return CHINESE.matcher(text).find();
  }

  @Test
  void java_hasNoChineseWords() {
    var bound = bound();
    assertThat(bound).hasSizeGreaterThan(100);
    bound.forEach((file, literals) ->
        assertThat(literals.texts()).as(file.toString()).noneMatch(WordsTest::isChinese));
  }

  /** The files that may have no words of their own. */
  private static Map<Path, Literals> bound() {
    var bound = new TreeMap<>(JAVA);
    bound.keySet().removeIf(WordsTest::isExempt);
    return bound;
  }

  @Test
  void templatesAndScripts_haveNoChineseWords() {
    var files =
        Stream.concat(
            Sources.files(Sources.TEMPLATES, ".jte").stream(),
            Sources.files(Sources.ASSETS, "").stream());
    var found =
        files
            .filter(Predicate.not(WordsTest::isExempt))
            .flatMap(
                f -> Sources.text(f).lines().filter(WordsTest::isChinese).map(l -> f + ": " + l));
    assertThat(found).isEmpty();
  }

  /** The search can fail: it sees texts, text blocks and characters, and none of the rest. */
  @Test
  void chineseWords_areFoundWhereTheyAreRead() {
    var source =
        """
        /** 注释 */
        @Schema(example = "例子")
        class A {
          String a = "交卷"; // 注释
          char b = '、';
          String c = \"""
              （空）
              \""";
          String d = "hand in";
        }
        """;
    assertThat(Literals.of(source).texts().stream().filter(WordsTest::isChinese))
        .containsExactly("交卷", "、", "（空）\n");
  }

  @Test
  void exemptions_areAllNeeded() {
    var needed =
        Stream.of(Sources.JAVA, Sources.TEMPLATES)
            .flatMap(folder -> Sources.files(folder, "").stream())
            .filter(f -> isChinese(Sources.text(f)))
            .map(Path::toString)
            .toList();
    assertThat(EXEMPT).allMatch(e -> needed.stream().anyMatch(f -> f.startsWith(e)));
  }

  // ---- keys

  private static Set<String> keys(Map<Pattern, Integer> calls) {
    return bound().values().stream()
        .flatMap(literals -> literals.arguments().stream())
        .filter(a ->
            calls.entrySet().stream()
                .anyMatch(
                    c -> c.getValue() == a.index() && c.getKey().matcher(a.method()).matches()))
        .map(Literals.Argument::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A key, or the beginning of several that a program completes. */
  private static boolean exists(String key) {
    return key.endsWith(".")
        ? CHINESE_KEYS.stream().anyMatch(k -> k.startsWith(key))
        : CHINESE_KEYS.contains(key);
  }

  @Test
  void keysInJava_exist() {
    assertThat(keys(KEYS)).hasSizeGreaterThan(50).allMatch(WordsTest::exists);
  }

  @Test
  void problems_haveTitleAndTextInBothLanguages() {
    var codes = keys(CODES);
    assertThat(codes).hasSizeGreaterThan(10);
    for (var keys : List.of(CHINESE_KEYS, ENGLISH_KEYS)) {
      assertThat(keys)
          .containsAll(codes)
          .containsAll(codes.stream().map(c -> c + ".title").toList());
    }
  }

  @Test
  void wrongFields_haveTextsInBothLanguages() {
    var codes = keys(FIELD_CODES);
    assertThat(codes).hasSizeGreaterThan(20);
    assertThat(CHINESE_KEYS).containsAll(codes);
    assertThat(ENGLISH_KEYS).containsAll(codes);
  }

  @Test
  void keysInTemplates_exist() {
    var assets =
        Sources.files(Sources.ASSETS, "").stream().map(f -> f.getFileName().toString()).toList();
    for (var file : Sources.files(Sources.TEMPLATES, ".jte")) {
      assertThat(matches(QUOTED_IN_TEMPLATE, file).map(m -> m.group(1)))
          .as(file.toString())
          .allMatch(quoted -> exists(quoted) || assets.contains(quoted));
    }
  }

  @Test
  void keysInScripts_exist() {
    var said = said();
    assertThat(said).hasSizeGreaterThan(20);
    assertThat(CHINESE_KEYS).containsAll(said);
  }

  private static Set<String> said() {
    return Sources.files(Sources.ASSETS, ".js").stream()
        .flatMap(file -> matches(SAID_IN_SCRIPT, file))
        .flatMap(m -> Stream.of(m.group(1), m.group(2)))
        .filter(Objects::nonNull)
        .map(key -> "script." + key)
        .collect(Collectors.toSet());
  }

  private static Stream<MatchResult> matches(Pattern pattern, Path file) {
    return pattern.matcher(Sources.text(file)).results();
  }

  @Test
  void languages_haveNoKeyThatChineseLacks() {
    assertThat(CHINESE_KEYS).containsAll(ENGLISH_KEYS);
  }

  @Test
  void keys_areAllUsed() {
    var written = new HashSet<>(said());
    JAVA.values().forEach(literals -> written.addAll(literals.texts()));
    for (var file : Sources.files(Sources.TEMPLATES, ".jte")) {
      matches(QUOTED_IN_TEMPLATE, file).forEach(m -> written.add(m.group(1)));
    }
    var beginnings = written.stream().filter(w -> w.matches("([\\w-]+\\.)+")).toList();
    assertThat(CHINESE_KEYS)
        .allMatch(key ->
            written.contains(key.replaceFirst("\\.(title|page)$", ""))
                || written.contains(key)
                || (!key.startsWith("script.") && beginnings.stream().anyMatch(key::startsWith)));
  }
}
