package yikao;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the design: which part may use which. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/yikao/web/templates/"))
          .importPackages("yikao");

  /** The model; whoever composes, takes or marks papers speaks in it. */
  private static final List<String> MODEL = List.of("question", "paper", "scoring");

  /** What every feature may use. */
  private static final List<String> COMMON = List.of("web", "db", "access", "audit", "table");

  private static final Map<String, List<String>> PURE =
      Map.of("question", List.of(), "paper", List.of("question"), "scoring", List.of("question"));

  private static final Map<String, List<String>> BASE =
      Map.of(
          "web", List.of(),
          "db", List.of(),
          "table", List.of("web"),
          "message", List.of("db"),
          "audit", List.of("db"),
          "access", List.of("message", "audit", "db", "web", "table"));

  private static final Map<String, List<String>> FEATURES =
      Map.ofEntries(
          entry("bank"),
          entry("org"),
          entry("participant", "org"),
          entry("quiz", "bank", "participant", "org"),
          entry("attempt", "quiz", "participant", "bank"),
          entry("remark", "attempt", "quiz", "bank", "participant", "org"),
          entry("leaderboard", "attempt", "quiz", "participant", "org"),
          entry("taking", "attempt", "quiz", "participant", "org"),
          entry("organising", "taking", "attempt", "quiz", "participant", "org"),
          entry("questionnaire", "participant", "org"),
          entry("stats", "attempt", "quiz", "org"),
          entry("ledger", "attempt", "quiz", "participant", "org"),
          entry(
              "sitting",
              "taking",
              "remark",
              "quiz",
              "attempt",
              "leaderboard",
              "stats",
              "ledger",
              "participant",
              "bank",
              "org"),
          entry("contest", "quiz", "attempt", "leaderboard", "org"),
          entry("invitation", "message", "quiz", "attempt", "org"));

  private static Map.Entry<String, List<String>> entry(String part, String... uses) {
    return Map.entry(part, List.of(uses));
  }

  /** Features that know nothing of papers and marks. */
  private static final Set<String> WITHOUT_MODEL = Set.of("org", "participant", "questionnaire");

  private static final Map<String, Set<String>> ARROWS = arrows();

  private static Map<String, Set<String>> arrows() {
    var arrows = new TreeMap<String, Set<String>>();
    PURE.forEach((part, uses) -> arrows.put(part, new HashSet<>(uses)));
    BASE.forEach((part, uses) -> arrows.put(part, new HashSet<>(uses)));
    FEATURES.forEach((part, uses) -> {
      var all = new HashSet<>(uses);
      all.addAll(COMMON);
      if (!WITHOUT_MODEL.contains(part)) {
        all.addAll(part.equals("bank") ? List.of("question") : MODEL);
      }
      arrows.put(part, all);
    });
    // what people write is the same for all
    arrows.values().forEach(uses -> uses.add("text"));
    arrows.put("text", Set.of());
    return arrows;
  }

  static Set<String> parts() {
    return ARROWS.keySet();
  }

  private static ArchRule rule(String part) {
    var allowed =
        ARROWS.get(part).stream().map(p -> "yikao." + p + "..").collect(Collectors.toSet());
    allowed.add("yikao." + part + "..");
    return noClasses()
        .that()
        .resideInAPackage("yikao." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("yikao..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAnyPackage(allowed.toArray(String[]::new))))
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("yikao.web.templates.."))))
        .allowEmptyShould(true);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void part_usesOnlyWhatItsArrowsAllow(String part) {
    rule(part).check(CLASSES);
  }

  @Test
  void arrows_goOneWay() {
    for (var part : ARROWS.keySet()) {
      var reached = new HashSet<String>();
      reach(part, reached);
      assertThat(reached).doesNotContain(part);
    }
  }

  private static void reach(String part, Set<String> reached) {
    for (var next : ARROWS.get(part)) {
      if (reached.add(next)) {
        reach(next, reached);
      }
    }
  }

  @Test
  void model_usesNothingButTheJdkAndTheRuleForTexts() {
    classes()
        .that()
        .resideInAnyPackage("yikao.question..", "yikao.paper..", "yikao.scoring..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "yikao.question..",
            "yikao.paper..",
            "yikao.scoring..",
            "yikao.text..",
            "java.lang..",
            "java.math..",
            "java.text..",
            "java.util..",
            "org.jspecify.annotations..")
        .check(CLASSES);
  }

  @Test
  void everyPackage_isAPartOfTheDesign() {
    var parts =
        CLASSES.stream()
            .map(c -> c.getPackageName())
            .filter(name -> !name.equals("yikao"))
            .map(name -> name.split("\\.")[1])
            .collect(Collectors.toSet());
    assertThat(parts).isSubsetOf(ARROWS.keySet()).contains("question", "quiz", "attempt", "db");
  }

  /** Over H2 main code knows the JDBC driver, by its address, and nothing below it. */
  @Test
  void main_usesNoClassOfH2() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.h2..").check(CLASSES);
  }

  private static ArchRule knowsNothingOfAdmissions(String part) {
    return noClasses()
        .that()
        .resideInAPackage(part)
        .should()
        .dependOnClassesThat()
        .haveNameMatching("yikao\\.quiz\\.(Admission|Admissions|Claim)(\\$.*)?");
  }

  @Test
  void attempt_namesNoWayIn() {
    knowsNothingOfAdmissions("yikao.attempt..").check(CLASSES);
    var taking = knowsNothingOfAdmissions("yikao.taking..");
    assertThatThrownBy(() -> taking.check(CLASSES))
        .as("the rule can fail: who takes the claim does know")
        .isInstanceOf(AssertionError.class);
  }

  /** The rules of an attempt's life know neither HTTP nor the database nor the queue. */
  @Test
  void attemptRules_arePure() {
    classes()
        .that()
        .resideInAPackage("yikao.attempt")
        .and()
        .haveSimpleNameStartingWith("AttemptRules")
        .or()
        .haveNameMatching("yikao.attempt.Refusal(\\$.*)?")
        .and()
        .doNotHaveSimpleName("Refusals")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "yikao.question..",
                    "yikao.paper..",
                    "yikao.scoring..",
                    "java..",
                    "org.jspecify.annotations..")
                .or(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                        "yikao\\.(attempt\\.(Attempt|AttemptPaper|AttemptState|Input|Responses"
                            + "|Result|Refusal|AttemptRules|Amended|PersonMark)|participant\\.Participant|quiz\\.(Quiz|Policies))(\\$.*)?")))
        .check(CLASSES);
  }

  /** The rules can fail: leaderboard does use attempt, and question is used. */
  @Test
  void rule_withoutAnArrowThatIsThere_fails() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("yikao.leaderboard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("yikao.attempt..");
    assertThatThrownBy(() -> rule.check(CLASSES)).isInstanceOf(AssertionError.class);
  }
}
