package yikao.bank;

import static yikao.question.Folding.squeeze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import yikao.bank.BankFiles.FileQuestion;
import yikao.question.Choice;
import yikao.question.Key;
import yikao.question.Numerals;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/**
 * The check of the whole bank, beyond what a single question shows: duplicates, tell-tale lengths
 * and positions, keys in stems, and, with source texts at hand, whether the words prove the key.
 */
final class BankCheck {
  /** Share of common two-character pieces from which two questions count as nearly the same. */
  private static final double NEAR = 0.75;

  private static final double MAX_POSITION_SHARE = 0.35;
  private static final double MAX_LONGEST_SHARE = 0.40;
  private static final int ENOUGH = 40;

  /** Two blanks, perhaps quoted, with no more between them than a word that lists. */
  private static final Pattern LISTED = Pattern.compile("____[”》]?[和、与及][“《]?____");

  private final BankFiles bank;
  private final Optional<SourceTexts> sources;
  private final List<BankProblem> errors = new ArrayList<>();
  private final List<BankProblem> warnings = new ArrayList<>();

  private BankCheck(BankFiles bank, Optional<SourceTexts> sources) {
    this.bank = bank;
    this.sources = sources;
  }

  /**
   * What the check found: errors fail the build, warnings want a look.
   *
   * @param enemies how many pairs of published questions give each other away
   */
  record Findings(
      List<BankProblem> errors,
      List<BankProblem> warnings,
      Map<String, Long> counts,
      int enemies) {}

  static Findings check(BankFiles bank, Optional<SourceTexts> sources) {
    var check = new BankCheck(bank, sources);
    bank.entries().forEach(check::one);
    check.duplicates();
    check.positions();
    check.lengths();
    check.documents();
    check.enemies();
    return new Findings(check.errors, check.warnings, check.counts(), check.enemyPairs());
  }

  private void one(FileQuestion entry) {
    keyInStem(entry);
    allOfTheAbove(entry);
    length(entry);
    lettersInExplanation(entry);
    doubtfulFigures(entry);
    orderOfBlanks(entry);
    sources.ifPresent(texts -> proof(entry, texts));
    for (var finding : ProofCheck.check(entry.question(), clause(entry))) {
      (finding.error() ? errors : warnings).add(problem(entry, finding.field(), finding.reason()));
    }
  }

  private List<String> clause(FileQuestion entry) {
    var citation = entry.question().citation();
    return sources
        .flatMap(texts -> texts.source(citation.document()))
        .map(source -> source.at(citation.locator()))
        .orElse(List.of());
  }

  private void keyInStem(FileQuestion entry) {
    var question = entry.question();
    var stem = squeeze(question.stem());
    switch (question.key()) {
      case Key.OfChoices key when question.type() == QuestionType.SINGLE -> {
        for (var choice : question.choices()) {
          if (key.choices().contains(choice.id())
              && choice.text().length() >= 4
              && stem.contains(squeeze(choice.text()))) {
            error(entry, "题干", "题干里已有答案“%s”".formatted(choice.text()));
          }
        }
      }
      case Key.OfBlanks key -> {
        for (var accepted : key.blanks().stream().flatMap(List::stream).toList()) {
          if (accepted.length() >= 3 && stem.contains(squeeze(accepted))) {
            error(entry, "题干", "题干里已有答案“%s”".formatted(accepted));
          }
        }
      }
      case Key.OfChoices _, Key.OfEssay _ -> {}
    }
  }

  private void allOfTheAbove(FileQuestion entry) {
    for (var choice : entry.question().choices()) {
      var text = squeeze(choice.text());
      if ((text.startsWith("以上") || text.startsWith("上述"))
          && (text.contains("都") || text.contains("均") || text.contains("全"))
          && !choice.fixed()) {
        error(entry, "固定", "“%s”会被打乱到前面，请在“固定”中写上它的字母".formatted(choice.text()));
      }
    }
  }

  private void length(FileQuestion entry) {
    var question = entry.question();
    if (question.type() != QuestionType.SINGLE) {
      return;
    }
    var key = keyLength(question);
    var longest = others(question).stream().mapToInt(BankCheck::length).max().orElse(0);
    var shortest = others(question).stream().mapToInt(BankCheck::length).min().orElse(0);
    if (key > 2 * longest + 2 || 2 * key + 2 < shortest) {
      error(entry, "选项", "答案的长短太突出");
    }
  }

  private void lettersInExplanation(FileQuestion entry) {
    if (entry.question().explanation().matches(".*(选项|答案|选)\\s*[A-H]([^A-Za-z].*|$)")) {
      error(entry, "解析", "选项会打乱顺序，解析不能用字母指选项");
    }
  }

  /** Whether two blanks of a list might be filled the other way round, and nobody says so. */
  private void orderOfBlanks(FileQuestion entry) {
    if (!entry.saysOrder() && LISTED.matcher(squeeze(entry.question().stem())).find()) {
      warning(entry, "空序", "两空并列，次序不论时写 空序: 不限，次序有别时写 空序: 固定");
    }
  }

  private void enemies() {
    var ids = bank.entries().stream().map(e -> e.question().id()).collect(Collectors.toSet());
    for (var entry : bank.entries()) {
      for (var named : entry.question().enemies()) {
        if (!ids.contains(named)) {
          error(entry, "互斥", "题库里没有 " + named);
        }
      }
    }
  }

  /** As the pool of the published questions counts them. */
  private int enemyPairs() {
    var published = new ArrayList<QuestionVersion>();
    for (var entry : bank.entries()) {
      if (entry.status() == BankFiles.Status.PUBLISHED) {
        published.add(new QuestionVersion(published.size() + 1, entry.question()));
      }
    }
    return new Pool(0, published).enemyPairs();
  }

  private void doubtfulFigures(FileQuestion entry) {
    var document = bank.documents().get(entry.question().citation().document());
    if (document != null
        && document.force() == Document.Force.DOUBTFUL
        && keyTexts(entry.question()).stream()
            .anyMatch(t -> Numerals.toArabic(t).matches(".*\\d.*"))) {
      warning(entry, "文件", "效力存疑的文件不考数字");
    }
  }

  private void proof(FileQuestion entry, SourceTexts texts) {
    var citation = entry.question().citation();
    var source = texts.source(citation.document());
    if (source.isEmpty()) {
      error(entry, "文件", "没有这份文件的原文");
      return;
    }
    var blocks = source.get().at(citation.locator());
    if (blocks.isEmpty()) {
      error(entry, "出处", "原文中没有" + citation.locator());
    } else if (!SourceTexts.stands(citation.words(), blocks)) {
      error(entry, "原文", "这几个字不在" + citation.locator());
    }
  }

  private void documents() {
    sources.ifPresent(texts -> {
      for (var document : bank.documents().values()) {
        texts.source(document.code()).ifPresent(source -> compare(document, source.header()));
      }
    });
  }

  private void compare(Document document, Map<String, String> header) {
    var status = header.getOrDefault("status", "");
    var force =
        status.contains("superseded")
            ? Document.Force.SUPERSEDED
            : status.contains("not proven") ? Document.Force.DOUBTFUL : Document.Force.CURRENT;
    if (!document.version().equals(header.get("version"))
        || !document.title().equals(header.get("title"))
        || document.force() != force) {
      errors.add(new BankProblem("documents.yaml", 0, document.code(), "标题、版本或效力与原文不符"));
    }
  }

  /** Over all documents: what one rule says another may repeat. */
  private void duplicates() {
    var numbers = new HashMap<String, Integer>();
    var pieces = bank.entries().stream().map(e -> pieces(e.question(), numbers)).toList();
    for (var i = 0; i < pieces.size(); i++) {
      for (var j = 0; j < i; j++) {
        if (isNear(pieces.get(i), pieces.get(j))) {
          error(
              bank.entries().get(i),
              "题干",
              "与 %s 相同或几乎相同".formatted(bank.entries().get(j).question().id()));
        }
      }
    }
  }

  /** The two-character pieces of stem and key, each as its number, in ascending order. */
  private static int[] pieces(Question question, Map<String, Integer> numbers) {
    var text = squeeze(question.stem() + String.join("", keyTexts(question)));
    return IntStream.range(0, Math.max(0, text.length() - 1))
        .map(i -> numbers.computeIfAbsent(text.substring(i, i + 2), _ -> numbers.size()))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Whether so much of what either has is common to both (Jaccard's index). */
  private static boolean isNear(int[] a, int[] b) {
    if (Math.min(a.length, b.length) < NEAR * Math.max(a.length, b.length)) {
      return false;
    }
    var common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      common += a[i] == b[j] ? 1 : 0;
      var step = Integer.compare(a[i], b[j]);
      i += step <= 0 ? 1 : 0;
      j += step >= 0 ? 1 : 0;
    }
    return common >= NEAR * (a.length + b.length - common);
  }

  private void positions() {
    var counts = new TreeMap<Integer, Integer>();
    var singles = singles();
    for (var entry : singles) {
      var choices = entry.question().choices();
      for (var i = 0; i < choices.size(); i++) {
        if (entry.question().isRight(choices.get(i))) {
          counts.merge(i, 1, Integer::sum);
        }
      }
    }
    counts.forEach((position, n) -> {
      if (singles.size() >= ENOUGH && n > MAX_POSITION_SHARE * singles.size()) {
        whole("单选题的答案有 %d/%d 在第 %d 个选项".formatted(n, singles.size(), position + 1));
      }
    });
    var judges = ofType(QuestionType.JUDGE);
    var right = judges.stream().filter(e -> keyTexts(e.question()).contains("对")).count();
    if (judges.size() >= ENOUGH && Math.abs(2 * right - judges.size()) > judges.size() / 4) {
      whole("判断题对错相差太大：%d/%d 为对".formatted(right, judges.size()));
    }
  }

  private void lengths() {
    var singles = singles();
    var longest = singles.stream().filter(e -> keyIsLongest(e.question())).count();
    if (singles.size() >= ENOUGH && longest > MAX_LONGEST_SHARE * singles.size()) {
      whole("单选题中有 %d/%d 的答案是最长的选项".formatted(longest, singles.size()));
    }
  }

  /** Whether the key is longer than every other choice. */
  static boolean keyIsLongest(Question question) {
    return others(question).stream().allMatch(c -> length(c) < keyLength(question));
  }

  private Map<String, Long> counts() {
    return bank.entries().stream()
        .collect(
            Collectors.groupingBy(
                e -> e.question().area() + " " + TypeNames.of(e.question().type()),
                TreeMap::new,
                Collectors.counting()));
  }

  private List<FileQuestion> singles() {
    return ofType(QuestionType.SINGLE);
  }

  private List<FileQuestion> ofType(QuestionType type) {
    return bank.entries().stream().filter(e -> e.question().type() == type).toList();
  }

  private static List<Choice> others(Question question) {
    return question.choices().stream().filter(c -> !question.isRight(c)).toList();
  }

  private static int keyLength(Question question) {
    return question.choices().stream()
        .filter(c -> question.isRight(c))
        .mapToInt(BankCheck::length)
        .max()
        .orElse(0);
  }

  private static int length(Choice choice) {
    return squeeze(choice.text()).length();
  }

  private static List<String> keyTexts(Question question) {
    return switch (question.key()) {
      case Key.OfChoices _ ->
          question.choices().stream().filter(c -> question.isRight(c)).map(Choice::text).toList();
      case Key.OfBlanks key -> key.blanks().stream().map(List::getFirst).toList();
      case Key.OfEssay key -> key.points();
    };
  }

  private void whole(String reason) {
    errors.add(new BankProblem("题库", 0, "", reason));
  }

  private void error(FileQuestion entry, String field, String reason) {
    errors.add(problem(entry, field, reason));
  }

  private void warning(FileQuestion entry, String field, String reason) {
    warnings.add(problem(entry, field, reason));
  }

  private static BankProblem problem(FileQuestion entry, String field, String reason) {
    return new BankProblem(
        entry.file(), entry.line(), field, "%s %s".formatted(entry.question().id(), reason));
  }

  static Map<String, Integer> byArea(BankFiles bank) {
    var counts = new HashMap<String, Integer>();
    bank.entries().forEach(e -> counts.merge(e.question().area(), 1, Integer::sum));
    return counts;
  }
}
