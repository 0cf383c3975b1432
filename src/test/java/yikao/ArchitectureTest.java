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
  private static final List<String> COMMON = List.of("web", "db", "access", "audit");

  private static final Map<String, List<String>> PURE =
      Map.of("question", List.of(), "paper", List.of("question"), "scoring", List.of("question"));

  private static final Map<String, List<String>> BASE =
      Map.of(
          "web", List.of(),
          "db", List.of(),
          "message", List.of("db"),
          "audit", List.of("db"),
          "access", List.of("message", "audit", "db", "web"));

  private static final Map<String, List<String>> FEATURES =
      Map.of(
          "bank", List.of("question"),
          "org", List.of(),
          "quiz", List.of("bank", "paper", "scoring", "org"),
          "attempt", List.of("quiz", "bank", "paper", "scoring", "org"),
          "leaderboard", List.of("attempt", "quiz", "org"),
          "stats", List.of("attempt", "quiz", "org"),
          "ledger", List.of("attempt", "quiz", "org"),
          "sitting", List.of("quiz", "attempt", "leaderboard", "stats", "ledger", "org"),
          "contest", List.of("quiz", "attempt", "leaderboard", "org"),
          "invitation", List.of("message", "quiz", "attempt", "org"));

  private static final Map<String, Set<String>> ARROWS = arrows();

  private static Map<String, Set<String>> arrows() {
    var arrows = new TreeMap<String, Set<String>>();
    PURE.forEach((part, uses) -> arrows.put(part, new HashSet<>(uses)));
    BASE.forEach((part, uses) -> arrows.put(part, new HashSet<>(uses)));
    FEATURES.forEach((part, uses) -> {
      var all = new HashSet<>(uses);
      all.addAll(COMMON);
      if (!part.equals("org")) {
        all.addAll(part.equals("bank") ? List.of("question") : MODEL);
      }
      arrows.put(part, all);
    });
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
  void model_usesNothingButTheJdk() {
    classes()
        .that()
        .resideInAnyPackage("yikao.question..", "yikao.paper..", "yikao.scoring..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "yikao.question..",
            "yikao.paper..",
            "yikao.scoring..",
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
