package yikao.ledger;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.ledger.FigureQueries.Within;
import yikao.ledger.Ledger.About;
import yikao.ledger.PeopleQueries.After;
import yikao.ledger.PeopleQueries.Line;
import yikao.ledger.PeopleQueries.Sought;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
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
   * @param period where no quiz is given; the present quarter where neither is
   * @param date the end of that day; now where it is today or empty
   */
  record Asked(String quiz, boolean sittings, String period, String date, String tree) {}

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
    var unit =
        tree(at, isNow ? TreeChoice.TODAY : tree)
            .byCode(code)
            .orElseThrow(() -> Problem.notFound("no-such-organisation"));
    var quiz = asked.quiz().isEmpty() ? Optional.<Quiz>empty() : Optional.of(quiz(asked.quiz()));
    var period =
        quiz.isPresent()
            ? Optional.<Period>empty()
            : Optional.of(
                asked.period().isEmpty()
                    ? Period.quarterOf(day.orElseGet(this::today))
                    : Period.of(asked.period()));
    return new About(unit, quiz, asked.sittings(), period, at, isNow, tree);
  }

  private Quiz quiz(String code) {
    var quiz = known(code);
    if (quiz.entry() == EntryPolicy.EVERYONE) {
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

  /** The same as of the moment it was asked for, by what was then, to the millisecond. */
  static About fixed(About about) {
    return new About(
        about.unit(),
        about.quiz(),
        about.withSittings(),
        about.period(),
        Instant.ofEpochMilli(about.at().toEpochMilli()),
        false,
        about.tree());
  }

  private OrganisationTree tree(Instant at, TreeChoice choice) {
    return choice == TreeChoice.TODAY
        ? organisations.tree()
        : organisations.tree(LocalDate.ofInstant(at, zone));
  }

  /** The tree by which a ledger adds up. */
  OrganisationTree tree(About about) {
    return tree(about.at(), about.isNow() ? TreeChoice.TODAY : about.tree());
  }

  private Extent extent(About about) {
    return about
        .quiz()
        .<Extent>map(quiz -> new Extent.One(quiz.id(), about.withSittings()))
        .orElseGet(() -> new Extent.During(about.period().orElseThrow().bounds(zone)));
  }

  /** All below a unit; where that is everything there is today, nothing need be compared. */
  Within within(OrganisationTree tree, Organisation unit) {
    var subtree = tree.subtree(unit);
    return subtree.size() == organisations.tree().all().size()
        ? Within.ALL
        : Within.of(subtree.stream().map(Organisation::id).toList());
  }

  /** The ledger of a unit. */
  Ledger ledger(About about) {
    var tree = tree(about);
    var within = within(tree, about.unit());
    var dsl = transactions.read();
    var extent = extent(about);
    if (about.isNow()) {
      var rows =
          Rollup.of(
              tree,
              about.unit(),
              byOrganisation(FigureQueries.byOrganisation(dsl, extent, within)));
      var parts =
          about.quiz().isPresent() ? List.<Part>of() : FigureQueries.byQuiz(dsl, extent, within);
      return new Ledger(about, rows, ofQuizzes(parts), ofMonths(about, parts));
    }
    var parts = FigureQueries.asOf(dsl, extent, within, about.at());
    var rows = Rollup.of(tree, about.unit(), byOrganisation(parts));
    var ofTime = about.quiz().isPresent() ? List.<Part>of() : parts;
    return new Ledger(about, rows, ofQuizzes(ofTime), ofMonths(about, ofTime));
  }

  /** The figures of all organisations below a unit by themselves. */
  Map<Long, Figures> byOrganisation(About about) {
    var tree = tree(about);
    var within = within(tree, about.unit());
    var dsl = transactions.read();
    return byOrganisation(
        about.isNow()
            ? FigureQueries.byOrganisation(dsl, extent(about), within)
            : FigureQueries.asOf(dsl, extent(about), within, about.at()));
  }

  private static Map<Long, Figures> byOrganisation(Collection<Part> parts) {
    var sums = new HashMap<Long, Figures>();
    parts.forEach(part -> sums.merge(part.organisationId(), part.figures(), Figures::plus));
    return sums;
  }

  private List<Ledger.OfQuiz> ofQuizzes(List<Part> parts) {
    var sums = new HashMap<Long, Figures>();
    parts.forEach(part -> sums.merge(part.rootId(), part.figures(), Figures::plus));
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
      var within =
          people.own() ? Within.of(List.of(about.unit().id())) : within(tree(about), about.unit());
      sought = new Sought(people.figure(), within, about.at());
      of = of(people, within);
    }

    private List<PeopleQueries.OfQuiz> of(People people, Within within) {
      var about = people.about();
      if (about.quiz().isPresent() && !about.withSittings()) {
        return List.of(new PeopleQueries.OfQuiz(about.quiz().get().id(), Integer.MAX_VALUE));
      }
      var extent = extent(about);
      return about.isNow()
          ? PeopleQueries.quizzes(transactions.read(), extent, within, people.figure())
          : PeopleQueries.quizzes(transactions.read(), extent, sought);
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
   * The place in a list that a caller names: the quiz's code, a tilde, the member.
   *
   * @throws Problem where that is no place
   */
  Optional<After> after(@Nullable String written) {
    if (written == null || written.isEmpty()) {
      return Optional.empty();
    }
    var parts = written.split("~", -1);
    try {
      if (parts.length == 2) {
        return Optional.of(new After(known(parts[0]).id(), UUID.fromString(parts[1])));
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Problem.invalid("after", "field.identifier");
  }

  /** How {@link #after} is written. */
  static String after(Person person) {
    return person.quiz().code() + "~" + person.line().member();
  }
}
