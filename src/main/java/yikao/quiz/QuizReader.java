package yikao.quiz;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import yikao.org.MemberState;
import yikao.paper.Blueprint;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Section;
import yikao.paper.Section.AreaQuota;
import yikao.paper.Shuffle;
import yikao.question.QuestionType;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.quiz.QuizSpec.SectionSpec;
import yikao.scoring.MarkingPolicy;
import yikao.scoring.MarkingPolicy.MultipleRule;
import yikao.text.WrittenText;
import yikao.web.Moments;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** What an editor wrote, checked, as a quiz. */
final class QuizReader {
  private static final BigDecimal MAX_POINTS = new BigDecimal("1000");
  private static final int MAX_QUESTIONS = 500;
  private static final int MAX_ORGANISATIONS = 500;
  private static final int MAX_SCALE = 2;

  private final QuizSpec spec;
  private final Predicate<EntryPolicy> served;
  private final boolean isStored;
  private final List<FieldError> errors = new ArrayList<>();

  private QuizReader(QuizSpec spec, Predicate<EntryPolicy> served, boolean isStored) {
    this.spec = spec;
    this.served = served;
    this.isStored = isStored;
  }

  /**
   * The quiz that a specification describes.
   *
   * @param served the entry policies by which there is a way in
   * @throws Problem with every wrong field
   */
  static Quiz read(Quiz.Version version, QuizSpec spec, Predicate<EntryPolicy> served) {
    return new QuizReader(spec, served, false).quiz(version);
  }

  /**
   * The quiz that a stored specification describes: what was allowed once, bounded by rules of now.
   */
  static Quiz stored(Quiz.Version version, QuizSpec spec) {
    return new QuizReader(spec, _ -> true, true).quiz(version);
  }

  private Quiz quiz(Quiz.Version version) {
    var about = about();
    var drawing = drawing();
    var schedule = schedule();
    var tries = tries();
    var quiz =
        new Quiz(
            version,
            about.in(or(spec.about().group(), group(drawing.blueprint(), schedule))),
            drawing,
            schedule,
            tries,
            new Quiz.Grading(marking(), passMark(drawing.blueprint())),
            reveal(schedule.window(), tries),
            entrance(about),
            whole("minimumParticipants", spec.minimumParticipants(), 1, 1_000_000).orElse(1),
            Quiz.Changes.NONE);
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
    return quiz;
  }

  /** Of a quiz that names none, as do those that were stored before there were groups. */
  private static QuizGroup group(Blueprint blueprint, Quiz.Schedule schedule) {
    if (!blueprint.documents().isEmpty()) {
      return QuizGroup.THEME;
    }
    var areas = new HashSet<String>();
    var narrow =
        blueprint.sections().stream()
            .allMatch(section -> {
              section.areas().forEach(quota -> areas.add(quota.area()));
              return section.areas().size() == 1;
            });
    return narrow && areas.size() == 1 && schedule.timeLimit().isEmpty()
        ? QuizGroup.PRACTICE
        : QuizGroup.TEST;
  }

  private Quiz.About about() {
    var about = spec.about();
    var title = text("title", about.title(), 1, 100, false);
    var description = text("description", about.description(), 0, 5000, true);
    return new Quiz.About(
        title,
        description,
        or(about.listed(), true),
        QuizGroup.TEST,
        Optional.ofNullable(about.organisation()));
  }

  private Quiz.Drawing drawing() {
    var drawing = spec.drawing();
    return new Quiz.Drawing(
        new Blueprint(sections(), or(drawing.draw(), DrawPolicy.UNIFORM), documents()),
        new Shuffle(or(drawing.shuffleQuestions(), true), or(drawing.shuffleChoices(), true)));
  }

  private Quiz.Schedule schedule() {
    var schedule = spec.schedule();
    var window = window();
    var limit = whole("timeLimitMinutes", schedule.timeLimitMinutes(), 1, 60 * 24 * 30);
    var minimum = whole("minimumSeconds", schedule.minimumSeconds(), 0, 60 * 60 * 24).orElse(0);
    if (limit.isPresent() && minimum >= limit.get() * 60) {
      error("minimumSeconds", "quiz.minimum-beyond-limit");
    }
    return new Quiz.Schedule(
        window,
        atClose(limit.isPresent()),
        limit.map(Duration::ofMinutes),
        Duration.ofSeconds(minimum),
        Duration.ofSeconds(whole("graceSeconds", schedule.graceSeconds(), 0, 600).orElse(5)));
  }

  /** Without a limit of time attempts would go on for ever while others have seen the keys. */
  private AtClose atClose(boolean isLimited) {
    var atClose = or(spec.schedule().atClose(), AtClose.CUT);
    if (atClose == AtClose.FINISH && !isLimited) {
      if (!isStored) {
        error("atClose", "quiz.finish-without-limit");
      }
      return AtClose.CUT;
    }
    return atClose;
  }

  private Tries tries() {
    var tries = spec.triesAndCounting();
    return new Tries(whole("tries", tries.tries(), 1, 1000), or(tries.counting(), Counting.BEST));
  }

  private Quiz.Entrance entrance(Quiz.About about) {
    var given = spec.entrance();
    var entry = or(given.entry(), EntryPolicy.EVERYONE);
    if (!isStored && !served.test(entry)) {
      error("entry", "quiz.entry-later");
    }
    var isForMembers = entry != EntryPolicy.EVERYONE;
    if (given.roster() != null && !isForMembers) {
      error("roster", "quiz.roster-of-members");
    }
    if (given.lastFourDigits() != null && !isForMembers) {
      error("lastFourDigits", "quiz.roster-of-members");
    }
    return new Quiz.Entrance(
        entry,
        isForMembers ? Optional.of(roster(about)) : Optional.empty(),
        or(given.lastFourDigits(), false));
  }

  private RosterRule roster(Quiz.About about) {
    var given = or(spec.entrance().roster(), new QuizSpec.RosterSpec(null, null));
    var organisations = or(given.organisations(), List.<String>of());
    var states = or(given.states(), List.<MemberState>of());
    if (organisations.stream().anyMatch(Objects::isNull)
        || organisations.size() > MAX_ORGANISATIONS) {
      error("roster.organisations", "size", 0, MAX_ORGANISATIONS);
      organisations = List.of();
    }
    if (states.stream().anyMatch(Objects::isNull)) {
      error("roster.states", "missing");
      states = List.of();
    }
    return new RosterRule(
        organisations.isEmpty()
            ? about.organisation().stream().toList()
            : organisations.stream().distinct().toList(),
        states.isEmpty() ? RosterRule.USUAL : Set.copyOf(states));
  }

  private Window window() {
    if (spec.schedule().opens() != null
        && spec.schedule().closes() != null
        && !spec.schedule().opens().isBefore(spec.schedule().closes())) {
      error("closes", "quiz.closes-before-opens");
    }
    return new Window(
        Optional.ofNullable(spec.schedule().opens()).map(Moments::within),
        Optional.ofNullable(spec.schedule().closes()).map(Moments::within),
        Optional.ofNullable(spec.schedule().startsUntil()).map(Moments::within));
  }

  private Reveal reveal(Window window, Tries tries) {
    var given = or(spec.reveal(), new QuizSpec.RevealSpec(null, null));
    var canTryAgain = tries.count().isPresent() && !tries.isOver(1);
    var otherwise = canTryAgain ? Reveal.When.AFTER_LAST_TRY : Reveal.When.AT_ONCE;
    var reveal = new Reveal(or(given.what(), Reveal.What.REVIEW), or(given.when(), otherwise));
    if (reveal.when() == Reveal.When.AFTER_WINDOW && window.closes().isEmpty()) {
      error("reveal.when", "quiz.reveal-without-close");
    }
    if (reveal.when() == Reveal.When.AFTER_LAST_TRY
        && tries.count().isEmpty()
        && window.closes().isEmpty()) {
      error("reveal.when", "quiz.reveal-without-last-try");
    }
    return reveal;
  }

  private BigDecimal passMark(Blueprint blueprint) {
    if (spec.passMark() == null) {
      return blueprint.points().multiply(new BigDecimal("0.6"));
    }
    return decimal("passMark", spec.passMark(), BigDecimal.ZERO, blueprint.points());
  }

  private MarkingPolicy marking() {
    var given = or(spec.marking(), new QuizSpec.MarkingSpec(null, null, null, null, null));
    var one = BigDecimal.ONE;
    var zero = BigDecimal.ZERO;
    var multiple = or(given.multiple(), MultipleRule.ALL_OR_NOTHING);
    var least = multiple == MultipleRule.PER_CHOICE ? zero : one.negate();
    return new MarkingPolicy(
        multiple,
        decimal("marking.partialShare", or(given.partialShare(), new BigDecimal("0.5")), zero, one),
        decimal("marking.penalty", or(given.penalty(), zero), zero, one),
        decimal("marking.questionFloor", or(given.questionFloor(), least), one.negate(), zero),
        decimal("marking.floor", or(given.floor(), zero), MAX_POINTS.negate(), zero));
  }

  private Set<String> documents() {
    var documents = new HashSet<String>();
    for (var document : or(spec.drawing().documents(), List.<String>of())) {
      if (document == null) {
        error("documents", "missing");
      } else {
        documents.add(document);
      }
    }
    return documents;
  }

  private List<Section> sections() {
    var sections = new ArrayList<Section>();
    var given = or(spec.drawing().sections(), List.<SectionSpec>of());
    if (given.isEmpty() || given.size() > 50) {
      error("sections", "size", 1, 50);
    }
    for (var i = 0; i < Math.min(given.size(), 50); i++) {
      if (given.get(i) == null) {
        error("sections[%d]".formatted(i), "missing");
        continue;
      }
      sections.add(section("sections[%d].".formatted(i), given.get(i)));
    }
    if (sections.stream().mapToLong(Section::count).sum() > MAX_QUESTIONS) {
      error("sections", "quiz.too-many-questions", MAX_QUESTIONS);
    }
    return sections;
  }

  private Section section(String at, SectionSpec section) {
    if (section.type() == null) {
      error(at + "type", "missing");
    }
    if (section.count() == null) {
      error(at + "count", "missing");
    }
    var count = whole(at + "count", section.count(), 1, MAX_QUESTIONS).orElse(1);
    if (section.points() == null) {
      error(at + "points", "missing");
    }
    var points =
        decimal(
            at + "points",
            or(section.points(), BigDecimal.ONE),
            new BigDecimal("0.01"),
            MAX_POINTS);
    return new Section(
        or(section.type(), QuestionType.SINGLE),
        count,
        points,
        areas(at + "areas", or(section.areas(), List.of()), count),
        difficulty(at + "difficulty", or(section.difficulty(), Map.of())));
  }

  private List<AreaQuota> areas(String at, List<QuizSpec.AreaSpec> given, int count) {
    var quotas = new ArrayList<AreaQuota>();
    for (var i = 0; i < given.size(); i++) {
      var place = "%s[%d].".formatted(at, i);
      var area = given.get(i);
      if (area == null || area.area() == null) {
        error(place + "area", "missing");
      } else {
        quotas.add(
            new AreaQuota(
                area.area(),
                whole(place + "count", area.count(), 1, count).orElse(0),
                whole(place + "share", area.share(), 1, 1000).orElse(0)));
      }
    }
    var counted = quotas.stream().filter(q -> q.count() > 0).count();
    var shared = quotas.stream().filter(q -> q.share() > 0).count();
    if ((counted > 0 && (counted < quotas.size() || shared > 0))
        || (shared > 0 && shared < quotas.size())) {
      error(at, "quiz.areas-mixed");
    } else if (counted > 0 && quotas.stream().mapToInt(AreaQuota::count).sum() != count) {
      error(at, "quiz.areas-sum", count);
    }
    return quotas;
  }

  private Map<Integer, Integer> difficulty(String at, Map<String, Integer> given) {
    var weights = new HashMap<Integer, Integer>();
    given.forEach((level, weight) -> {
      if (!level.matches("[1-5]")) {
        error(at, "quiz.difficulty-level", level);
      } else if (whole(at + "." + level, weight, 0, 1000).orElse(0) > 0) {
        weights.put(Integer.valueOf(level), weight);
      }
    });
    return weights;
  }

  private String text(String field, @Nullable String text, int least, int most, boolean lines) {
    var given = or(text, "");
    if (!isStored) {
      ShownText.wrong(field, given, least, most, lines).ifPresent(errors::add);
    }
    return WrittenText.tidy(given);
  }

  private Optional<Integer> whole(String field, @Nullable Integer number, int least, int most) {
    if (number != null && (number < least || number > most)) {
      error(field, "range", least, most);
      return Optional.empty();
    }
    return Optional.ofNullable(number);
  }

  private BigDecimal decimal(String field, BigDecimal number, BigDecimal least, BigDecimal most) {
    if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      error(field, "range", least.toPlainString(), most.toPlainString());
      return least;
    }
    var plain = number.stripTrailingZeros();
    if (plain.scale() > MAX_SCALE) {
      error(field, "scale", MAX_SCALE);
    }
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private void error(String field, String code, Object... arguments) {
    errors.add(FieldError.of(field, code, arguments));
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }
}
