package yikao.sitting;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts;
import yikao.org.Organisations;
import yikao.question.Question;
import yikao.scoring.Mark;
import yikao.scoring.Score;
import yikao.sitting.Account.Band;
import yikao.sitting.Account.Line;
import yikao.sitting.Account.Missed;

/** Draws up accounts of sessions. */
@Singleton
final class Accounts {
  private static final int MOST_MISSED = 10;

  /** Where bands begin, in hundredths. */
  private static final List<Integer> BANDS = List.of(90, 80, 70, 60, 0);

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private final Sittings sittings;
  private final Attempts attempts;
  private final Organisations organisations;

  Accounts(Sittings sittings, Attempts attempts, Organisations organisations) {
    this.sittings = sittings;
    this.attempts = attempts;
    this.organisations = organisations;
  }

  /** The path of a session's branch. */
  String branch(Sitting sitting) {
    var tree = organisations.tree();
    return tree.byId(sitting.organisationId()).map(tree::path).orElse("");
  }

  /** The account as things are; without scores and questions until everybody has handed in. */
  Account of(Sitting sitting) {
    var taken = sittings.attempts(sitting);
    var ended = sittings.phase(sitting, taken) == Sittings.Phase.ENDED;
    var said = sittings.attendance(sitting);
    var lines =
        sittings.listed(sitting).stream()
            .map(who ->
                new Line(
                    who.member(),
                    who.name(),
                    said.getOrDefault(
                        who.member(), new Attendance(who.member(), Optional.empty(), "")),
                    // a paper that is out may never come back
                    Optional.ofNullable(taken.get(who.member()))
                        .filter(a -> a.isEnded() || !ended)))
            .toList();
    var out = taken.values().stream().filter(a -> !a.isEnded()).count();
    var counted = lines.stream().flatMap(l -> l.attempt().stream()).toList();
    return new Account(
        sitting,
        sittings.quiz(sitting).title(),
        branch(sitting),
        ended,
        ended ? (int) out : 0,
        ended ? lines : lines.stream().map(Accounts::withoutScore).toList(),
        ended ? bands(counted) : List.of(),
        ended ? missed(counted) : List.of());
  }

  private static Line withoutScore(Line line) {
    return new Line(
        line.member(), line.name(), line.attendance(), line.attempt().map(Accounts::withoutResult));
  }

  private static Attempt withoutResult(Attempt a) {
    return new Attempt(
        a.origin(),
        a.takenBy(),
        a.tokenHash(),
        a.deadline(),
        a.responses(),
        a.ending(),
        Optional.empty(),
        a.annulled());
  }

  static List<Band> bands(Collection<Attempt> ended) {
    var shares =
        ended.stream().flatMap(a -> a.result().stream()).map(r -> share(r.score())).toList();
    var bands = new ArrayList<Band>();
    var below = 101;
    for (int from : BANDS) {
      int to = below;
      bands.add(
          new Band(
              from,
              to - 1,
              (int) shares.stream().filter(share -> share >= from && share < to).count()));
      below = from;
    }
    return bands;
  }

  private static int share(Score score) {
    return score.maximum().signum() == 0
        ? 0
        : score
            .points()
            .max(BigDecimal.ZERO)
            .multiply(HUNDRED)
            .divide(score.maximum(), 0, RoundingMode.DOWN)
            .intValue();
  }

  private List<Missed> missed(List<Attempt> ended) {
    var papers = attempts.papers(ended.stream().map(Attempt::id).toList());
    return missed(ended, papers);
  }

  static List<Missed> missed(Collection<Attempt> ended, Map<UUID, AttemptPaper> papers) {
    var tallies = new LinkedHashMap<String, Tally>();
    for (var attempt : ended) {
      var paper = papers.get(attempt.id());
      if (paper != null && attempt.result().isPresent()) {
        tally(tallies, paper, attempt.result().get().marks());
      }
    }
    return tallies.values().stream()
        .filter(t -> t.missed > 0)
        .map(t -> new Missed(t.question, t.had, t.missed))
        .sorted(
            Comparator.comparingDouble((Missed m) -> (double) m.missed() / m.had())
                .thenComparingInt(Missed::missed)
                .reversed()
                .thenComparing(m -> m.question().id()))
        .limit(MOST_MISSED)
        .toList();
  }

  private static void tally(Map<String, Tally> tallies, AttemptPaper paper, List<Mark> marks) {
    IntStream.range(0, Math.min(marks.size(), paper.questions().size()))
        .filter(i -> marks.get(i).maximum().signum() > 0 && !marks.get(i).pending())
        .forEach(i -> {
          var question = paper.questions().get(i);
          var tally = tallies.computeIfAbsent(question.id(), _ -> new Tally(question));
          tally.had++;
          if (marks.get(i).points().compareTo(marks.get(i).maximum()) < 0) {
            tally.missed++;
          }
        });
  }

  private static final class Tally {
    private final Question question;
    private int had;
    private int missed;

    Tally(Question question) {
      this.question = question;
    }
  }
}
