package yikao.ledger;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.ledger.FigureQueries.Within;
import yikao.ledger.Ledger.About;
import yikao.ledger.PeopleQueries.After;
import yikao.ledger.PeopleQueries.Line;
import yikao.ledger.PeopleQueries.Sought;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/**
 * Makes ledgers, and the lists behind their figures. Whether somebody may see one is asked before.
 */
@Singleton
class Ledgers {
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final Pattern PLACE =
      Pattern.compile("([^~]+)~(.+)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private final Transactions transactions;
  private final Organisations organisations;
  private final Quizzes quizzes;
  private final NodeClock clock;
  private final ZoneId zone;

  Ledgers(
      Transactions transactions,
      Organisations organisations,
      Quizzes quizzes,
      NodeClock clock,
      @Value("${yikao.time-zone}") String zone) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.quizzes = quizzes;
    this.clock = clock;
    this.zone = ZoneId.of(zone);
  }

  /**
   * What somebody asks for, as it was written; empty: not given.
   *
   * @param quiz a code
   * @param sittings whether what was made from it for sittings counts under it
   * @param period the present quarter where neither is given
   * @param date the end of that day; now where it is today or empty
   */
  record Asked(String quiz, boolean sittings, String period, String date, String tree) {
    /** The same of all quizzes. */
    Asked ofAll() {
      return new Asked("", false, period, date, tree);
    }
  }

  /** The day it is. */
  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /** The time zone of days and periods. */
  ZoneId zone() {
    return zone;
  }

  /**
   * What is asked for.
   *
   * @param code of the unit
   * @throws Problem where there is none of these
   */
  About about(String code, Asked asked) {
    var now = clock.instant();
    var day = day(asked.date());
    var isNow = day.isEmpty() || day.get().equals(today());
    var at = isNow ? now : end(day.get());
    var tree = asked.tree().isEmpty() ? TreeChoice.TODAY : TreeChoice.of(asked.tree());
    var used =
        isNow || tree == TreeChoice.TODAY
            ? organisations.tree()
            : organisations.tree(LocalDate.ofInstant(at, zone));
    var unit = used.byCode(code).orElseThrow(() -> Problem.notFound("no-such-organisation"));
    var quiz = asked.quiz().isEmpty() ? Optional.<Quiz>empty() : Optional.of(quiz(asked));
    return new About(
        unit,
        quiz,
        asked.sittings(),
        period(asked.period(), quiz.isPresent(), day.orElseGet(this::today)),
        at,
        isNow,
        tree,
        used);
  }

  private static Optional<Period> period(String written, boolean isOfQuiz, LocalDate day) {
    if (written.isEmpty()) {
      return isOfQuiz ? Optional.empty() : Optional.of(Period.quarterOf(day));
    }
    return Optional.of(Period.of(written));
  }

  /** One for everybody has no roster; what was made from it for sittings has. */
  private Quiz quiz(Asked asked) {
    var quiz = known(asked.quiz());
    if (quiz.entry() == EntryPolicy.EVERYONE && !asked.sittings()) {
      throw Problem.conflict("roster.none");
    }
    return quiz;
  }

  private Quiz known(String code) {
    if (!Quizzes.isCode(code)) {
      throw Problem.notFound("no-such-quiz");
    }
    return quizzes.get(code);
  }

  private Optional<LocalDate> day(String written) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      var day = LocalDate.parse(written);
      if (day.isBefore(FIRST) || day.isAfter(today())) {
        throw Problem.invalid("date", "date.range", FIRST.toString(), today().toString());
      }
      return Optional.of(day);
    } catch (DateTimeParseException e) {
      throw Problem.invalid("date", "ledger.date-form");
    }
  }

  private Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
  }

  /** The same as of the moment it was asked for, which stays, to the millisecond. */
  static About fixed(About about) {
    return new About(
        about.unit(),
        about.quiz(),
        about.withSittings(),
        about.period(),
        about.at().truncatedTo(ChronoUnit.MILLIS),
        false,
        about.choice(),
        about.tree());
  }

  private Extent extent(About about) {
    return new Extent(
        about.quiz().map(Quiz::id),
        about.withSittings(),
        about.period().map(period -> period.bounds(zone)).orElse(List.of()));
  }

  /** All below a unit; where that is everything there is today, nothing need be compared. */
  Within within(About about) {
    var subtree = about.tree().subtree(about.unit());
    return subtree.size() == organisations.tree().all().size()
        ? Within.ALL
        : Within.of(subtree.stream().map(Organisation::id).toList());
  }

  /** The ledger of a unit. */
  Ledger ledger(About about) {
    var changed = changed(about);
    var rows = Rollup.of(about.tree(), about.unit(), byOrganisation(about, changed));
    var byQuiz =
        about.quiz().isPresent() && about.period().isEmpty()
            ? List.<Part>of()
            : both(
                FigureQueries.byQuiz(
                    transactions.read(), extent(about), within(about), about.upTo()),
                changed);
    return new Ledger(
        about,
        rows,
        about.quiz().isPresent() ? List.of() : ofQuizzes(byQuiz),
        ofMonths(about, byQuiz));
  }

  /** The rows of a unit alone. */
  Rollup rows(About about) {
    return Rollup.of(about.tree(), about.unit(), byOrganisation(about));
  }

  /** What counts as it was, since it is another by now; nothing of now. */
  private List<Part> changed(About about) {
    return about.isNow()
        ? List.of()
        : FigureQueries.changedSince(
            transactions.read(), extent(about), within(about), about.upTo());
  }

  /** The figures of all organisations below a unit by themselves. */
  Map<Long, Figures> byOrganisation(About about) {
    return byOrganisation(about, changed(about));
  }

  private Map<Long, Figures> byOrganisation(About about, List<Part> changed) {
    return byOrganisation(
        both(
            FigureQueries.byOrganisation(
                transactions.read(), extent(about), within(about), about.upTo()),
            changed));
  }

  private static List<Part> both(List<Part> some, List<Part> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static Map<Long, Figures> byOrganisation(Collection<Part> parts) {
    var sums = new HashMap<Long, Figures>();
    parts.forEach(part -> sums.merge(part.organisationId(), part.figures(), Figures::plus));
    return sums;
  }

  private List<Ledger.OfQuiz> ofQuizzes(List<Part> parts) {
    var sums = new HashMap<Long, Figures>();
    parts.stream()
        .filter(part -> !part.figures().equals(Figures.NONE))
        .forEach(part -> sums.merge(part.rootId(), part.figures(), Figures::plus));
    return quizzes.byIds(sums.keySet()).stream()
        .map(quiz -> new Ledger.OfQuiz(quiz, sums.getOrDefault(quiz.id(), Figures.NONE)))
        .toList();
  }

  private static List<Ledger.OfMonth> ofMonths(About about, List<Part> parts) {
    if (about.period().isEmpty()) {
      return List.of();
    }
    var months = about.period().get().months();
    var sums = new ArrayList<Figures>();
    months.forEach(_ -> sums.add(Figures.NONE));
    parts.forEach(part -> sums.set(part.month(), sums.get(part.month()).plus(part.figures())));
    var found = new ArrayList<Ledger.OfMonth>();
    for (var i = 0; i < months.size(); i++) {
      found.add(new Ledger.OfMonth(months.get(i), sums.get(i)));
    }
    return found;
  }

  /**
   * A list behind a figure.
   *
   * @param about what the ledger is of
   * @param own only those who count in the unit itself
   */
  record People(About about, Figure figure, boolean own) {}

  /** Somebody in a list, with the quiz. */
  record Person(Quiz quiz, Line line) {}

  /** Reads a list page by page, of a moment that stays the same. */
  final class Reading {
    private final Sought sought;
    private final List<PeopleQueries.OfQuiz> of;

    private Reading(People people) {
      var about = people.about();
      var within = people.own() ? Within.of(List.of(about.unit().id())) : within(about);
      sought = new Sought(people.figure(), within, about.upTo());
      of = PeopleQueries.quizzes(transactions.read(), extent(about), sought);
    }

    /** The next of them. */
    List<Person> next(Optional<After> after, int most) {
      var lines = PeopleQueries.lines(transactions.read(), of, sought, after, most);
      var known = new HashMap<Long, Quiz>();
      quizzes
          .byIds(lines.stream().map(Line::quizId).distinct().toList())
          .forEach(quiz -> known.put(quiz.id(), quiz));
      return lines.stream()
          .map(line -> new Person(Objects.requireNonNull(known.get(line.quizId())), line))
          .toList();
    }
  }

  /** Opens a list. */
  Reading read(People people) {
    return new Reading(people);
  }

  /**
   * The place in a list that a caller names: the code of the quiz, that of the organisation, the
   * member, with tildes between them.
   *
   * @throws Problem where that is no place
   */
  Optional<After> after(@Nullable String written) {
    if (written == null || written.isEmpty()) {
      return Optional.empty();
    }
    var parts = PLACE.matcher(written);
    if (!parts.matches()) {
      throw Problem.invalid("after", "field.identifier");
    }
    var in =
        organisations
            .tree()
            .byCode(parts.group(2))
            .orElseThrow(() -> Problem.invalid("after", "field.identifier"));
    return Optional.of(
        new After(known(parts.group(1)).id(), in.id(), UUID.fromString(parts.group(3))));
  }

  /** How {@link #after} is written. */
  String after(Person person) {
    var in = organisations.tree().byId(person.line().organisationId()).orElseThrow();
    return "%s~%s~%s".formatted(person.quiz().code(), in.code(), person.line().member());
  }

  /** The place of the next page; absent on the last. */
  Optional<String> next(List<Person> found, int most) {
    return found.size() > most ? Optional.of(after(found.get(most - 1))) : Optional.empty();
  }
}
