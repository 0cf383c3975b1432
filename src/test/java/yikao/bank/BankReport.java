package yikao.bank;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import yikao.bank.BankFiles.FileQuestion;
import yikao.question.Question;
import yikao.question.QuestionType;

/**
 * What the bank holds, for a page that a person reads: how many questions of which kind, how the
 * keys are spread, and which articles have a question.
 *
 * @param questions how many are published
 * @param cases how many of them tell of somebody's case
 * @param types questions of each type
 * @param difficulties questions of each difficulty
 * @param positions single-choice keys by the letter they have in the files
 * @param rightChoices multiple-choice questions by the number of right choices
 * @param judged judge questions by their key
 * @param longest single-choice questions whose key is the longest choice
 * @param enemies pairs of questions that no paper should hold together
 * @param areas a row for each area
 * @param documents a row for each document that a question cites
 * @param errors what the check found
 * @param warnings what it wants to be looked at
 * @param compared whether the words were compared with source texts
 */
public record BankReport(
    int questions,
    long cases,
    Map<String, Long> types,
    Map<String, Long> difficulties,
    Map<String, Long> positions,
    Map<String, Long> rightChoices,
    Map<String, Long> judged,
    long longest,
    int enemies,
    List<AreaRow> areas,
    List<DocumentRow> documents,
    List<String> errors,
    List<String> warnings,
    boolean compared) {
  private static final Pattern CASE = Pattern.compile("某|小[王李张赵刘陈]|老[王李张赵刘陈]|[甲乙丙]");

  /** The counts of an area, by type and by difficulty 1 to 5. */
  public record AreaRow(String name, int questions, List<Long> types, List<Long> difficulties) {}

  /**
   * The coverage of a document.
   *
   * @param articles how many it has; 0 where it has none, or its text is not at hand
   * @param asked how many of them a question cites
   * @param unasked the others, in their order
   */
  public record DocumentRow(
      String title, String version, int questions, int articles, int asked, List<String> unasked) {}

  /** The types of question, in the order of {@link AreaRow#types}. */
  public List<String> typeNames() {
    return Stream.of(QuestionType.values()).map(TypeNames::of).toList();
  }

  static BankReport of(BankFiles bank, BankCheck.Findings findings, Optional<SourceTexts> sources) {
    var questions =
        bank.entries().stream()
            .filter(e -> e.status() == BankFiles.Status.PUBLISHED)
            .map(FileQuestion::question)
            .toList();
    var singles = ofType(questions, QuestionType.SINGLE);
    return new BankReport(
        questions.size(),
        questions.stream().filter(q -> CASE.matcher(q.stem()).find()).count(),
        tally(questions, q -> TypeNames.of(q.type())),
        tally(questions, q -> String.valueOf(q.difficulty())),
        tally(singles, BankReport::letter),
        tally(ofType(questions, QuestionType.MULTIPLE), q -> String.valueOf(right(q).size())),
        tally(ofType(questions, QuestionType.JUDGE), BankReport::judgement),
        singles.stream().filter(BankCheck::keyIsLongest).count(),
        findings.enemies(),
        bank.areas().stream().map(area -> row(area, questions)).toList(),
        documents(bank, questions, sources),
        findings.errors().stream().map(BankProblem::toString).toList(),
        findings.warnings().stream().map(BankProblem::toString).toList(),
        sources.isPresent());
  }

  private static List<Question> ofType(List<Question> questions, QuestionType type) {
    return questions.stream().filter(q -> q.type() == type).toList();
  }

  private static Map<String, Long> tally(List<Question> questions, Function<Question, String> by) {
    return questions.stream()
        .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }

  private static List<Integer> right(Question question) {
    return IntStream.range(0, question.choices().size())
        .filter(i -> question.isRight(question.choices().get(i)))
        .boxed()
        .toList();
  }

  private static String letter(Question question) {
    return String.valueOf((char) ('A' + right(question).getFirst()));
  }

  private static String judgement(Question question) {
    return question.choices().get(right(question).getFirst()).text();
  }

  private static AreaRow row(Area area, List<Question> questions) {
    var own = questions.stream().filter(q -> q.area().equals(area.code())).toList();
    var types = new ArrayList<Long>();
    for (var type : QuestionType.values()) {
      types.add((long) ofType(own, type).size());
    }
    var difficulties =
        IntStream.rangeClosed(1, 5)
            .mapToObj(level -> own.stream().filter(q -> q.difficulty() == level).count())
            .toList();
    return new AreaRow(area.name(), own.size(), types, difficulties);
  }

  private static List<DocumentRow> documents(
      BankFiles bank, List<Question> questions, Optional<SourceTexts> sources) {
    var byDocument =
        questions.stream()
            .collect(
                Collectors.groupingBy(
                    q -> q.citation().document(), LinkedHashMap::new, Collectors.toList()));
    var rows = new ArrayList<DocumentRow>();
    byDocument.forEach((code, cited) -> {
      var document = bank.documents().get(code);
      if (document != null) {
        rows.add(row(document, cited, sources.flatMap(texts -> texts.source(code))));
      }
    });
    rows.sort(Comparator.comparing(DocumentRow::title));
    return rows;
  }

  private static DocumentRow row(
      Document document, List<Question> cited, Optional<SourceTexts.Source> source) {
    var articles = source.map(SourceTexts.Source::articles).orElse(List.of());
    var asked = new HashSet<String>();
    cited.forEach(q -> asked.add(SourceTexts.article(q.citation().locator())));
    var unasked = articles.stream().filter(article -> !asked.contains(article)).toList();
    return new DocumentRow(
        document.title(),
        document.version(),
        cited.size(),
        articles.size(),
        articles.size() - unasked.size(),
        unasked);
  }

  /** The page, made of its template in {@code src/test/jte}. */
  String page() {
    var engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(Path.of("src", "test", "jte")),
            Path.of("target", "bank-report"),
            ContentType.Html);
    var page = new StringOutput();
    engine.render("bank-report.jte", this, page);
    return page.toString();
  }
}
