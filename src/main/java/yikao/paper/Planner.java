package yikao.paper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import yikao.paper.Quota.Cell;
import yikao.question.Pool;
import yikao.question.QuestionType;

/**
 * Divides the sections of a blueprint over the cells of a pool so that all can be filled together.
 *
 * <p>Sections of one type compete for the same cells. Where sections fix areas or difficulties this
 * is a flow from quotas to cells, solved exactly by augmenting paths. A section that fixes both is
 * first divided into quotas of single cells, itself a flow from its areas to its difficulties;
 * where several such sections compete for scarce cells, divisions are tried in {@value #TRIES}
 * random orders, so a blueprint that needs nearly the last question of a cell might be refused
 * though a division exists.
 */
final class Planner {
  private static final int TRIES = 64;

  private Planner() {}

  /** The first section that cannot be filled together with the others, if there is one. */
  static Optional<Shortage> shortage(Blueprint blueprint, Pool pool) {
    return Arrays.stream(QuestionType.values())
        .flatMap(type -> plan(blueprint, pool, type).shortage().stream())
        .min(Comparator.comparingInt(Shortage::section));
  }

  /** The plan by which {@link #shortage} judges: always the same one. */
  static Plan plan(Blueprint blueprint, Pool pool, QuestionType type) {
    return plan(blueprint, pool, type, new SplittableRandom(0));
  }

  /**
   * What to take from where.
   *
   * @param quotas each with the one cell that its questions come from
   * @param shortage the section that stays short
   */
  record Plan(List<Quota> quotas, Optional<Shortage> shortage) {
    int missing() {
      return shortage.map(Shortage::missing).orElse(0);
    }
  }

  /**
   * A plan that fills all sections of the type where there is one, or else the least short seen.
   */
  static Plan plan(Blueprint blueprint, Pool pool, QuestionType type, SplittableRandom random) {
    var best = tryPlan(blueprint, pool, type, random);
    var joint = blueprint.sections().stream().anyMatch(s -> s.type() == type && fixesBoth(s));
    for (var i = 1; i < TRIES && joint && best.missing() > 0; i++) {
      var next = tryPlan(blueprint, pool, type, random);
      best = next.missing() < best.missing() ? next : best;
    }
    return best;
  }

  static boolean fixesBoth(Section section) {
    return !section.areaCounts().isEmpty() && !section.difficulty().isEmpty();
  }

  private static Plan tryPlan(
      Blueprint blueprint, Pool pool, QuestionType type, SplittableRandom random) {
    var room = new HashMap<Cell, Integer>();
    var quotas = new ArrayList<Quota>();
    var open = new ArrayList<Quota>();
    var short_ = Optional.<Shortage>empty();
    var areas = pool.areas(type);
    for (var i = 0; i < blueprint.sections().size(); i++) {
      var section = blueprint.sections().get(i);
      if (section.type() == type && fixesBoth(section)) {
        var division = divide(i, section, pool, room, random);
        var missing = section.count() - count(division);
        quotas.addAll(division);
        if (missing > 0 && short_.isEmpty()) {
          short_ = Optional.of(new Shortage(i + 1, missing));
        }
      } else if (section.type() == type) {
        open.addAll(Quota.of(i, section, areas));
      }
    }
    var flow = new Flow(open, room, pool, type, random);
    quotas.addAll(flow.fill());
    return new Plan(quotas, short_.or(flow::shortage));
  }

  private static int count(List<Quota> quotas) {
    return quotas.stream().mapToInt(Quota::count).sum();
  }

  /** Divides a section that fixes areas and difficulties over cells, and takes their room. */
  private static List<Quota> divide(
      int index, Section section, Pool pool, Map<Cell, Integer> room, SplittableRandom random) {
    var areaNames = new ArrayList<>(section.areaCounts().keySet());
    var levels = new ArrayList<>(section.difficultyCounts().keySet());
    Draw.shuffle(areaNames, random);
    Draw.shuffle(levels, random);
    var supply = new HashMap<>(section.areaCounts());
    var demand = new HashMap<>(section.difficultyCounts());
    var taken = new HashMap<Cell, Integer>();
    for (var area : areaNames) {
      while (supply.getOrDefault(area, 0) > 0
          && augment(section.type(), area, levels, pool, room, taken, demand)) {
        supply.merge(area, -1, Integer::sum);
      }
    }
    var quotas = new ArrayList<Quota>();
    taken.forEach((cell, n) -> {
      if (n > 0) {
        quotas.add(new Quota(index, List.of(cell), n));
      }
    });
    return quotas;
  }

  /**
   * Finds room for one more question of an area, moving others to other difficulties if need be.
   */
  private static boolean augment(
      QuestionType type,
      String area,
      List<Integer> levels,
      Pool pool,
      Map<Cell, Integer> room,
      Map<Cell, Integer> taken,
      Map<Integer, Integer> demand) {
    var cameFrom = new HashMap<Integer, String>(); // difficulty ← area
    var movedFrom =
        new HashMap<String, Integer>(); // area ← difficulty it gives one question back to
    var queue = new ArrayDeque<String>(List.of(area));
    while (!queue.isEmpty()) {
      var current = queue.poll();
      for (var level : levels) {
        var cell = new Cell(current, level);
        if (cameFrom.containsKey(level) || free(type, cell, pool, room) == 0) {
          continue;
        }
        cameFrom.put(level, current);
        if (demand.getOrDefault(level, 0) > 0) {
          demand.merge(level, -1, Integer::sum);
          apply(area, level, cameFrom, movedFrom, room, taken);
          return true;
        }
        for (var entry : taken.entrySet()) {
          var other = entry.getKey().area();
          if (entry.getKey().difficulty() == level
              && entry.getValue() > 0
              && !other.equals(area)
              && movedFrom.putIfAbsent(other, level) == null) {
            queue.add(other);
          }
        }
      }
    }
    return false;
  }

  private static void apply(
      String start,
      int end,
      Map<Integer, String> cameFrom,
      Map<String, Integer> movedFrom,
      Map<Cell, Integer> room,
      Map<Cell, Integer> taken) {
    var level = end;
    while (true) {
      var area = Objects.requireNonNull(cameFrom.get(level));
      take(new Cell(area, level), 1, room, taken);
      if (area.equals(start)) {
        return;
      }
      level = Objects.requireNonNull(movedFrom.get(area));
      take(new Cell(area, level), -1, room, taken);
    }
  }

  private static void take(Cell cell, int n, Map<Cell, Integer> room, Map<Cell, Integer> taken) {
    taken.merge(cell, n, Integer::sum);
    room.merge(cell, n, Integer::sum);
  }

  private static int free(QuestionType type, Cell cell, Pool pool, Map<Cell, Integer> used) {
    return pool.cell(type, cell.area(), cell.difficulty()).size() - used.getOrDefault(cell, 0);
  }

  /** A maximum flow from quotas to cells, one question at a time (augmenting paths). */
  private static final class Flow {
    private final List<Quota> quotas;
    private final Map<Cell, Integer> room = new HashMap<>();
    private final List<Map<Cell, Integer>> taken = new ArrayList<>();
    private final SplittableRandom random;
    private Optional<Shortage> shortage = Optional.empty();

    Flow(
        List<Quota> quotas,
        Map<Cell, Integer> used,
        Pool pool,
        QuestionType type,
        SplittableRandom random) {
      this.quotas = quotas;
      this.random = random;
      for (var quota : quotas) {
        taken.add(new HashMap<>());
        quota.cells().forEach(c -> room.putIfAbsent(c, free(type, c, pool, used)));
      }
    }

    List<Quota> fill() {
      var plan = new ArrayList<Quota>();
      for (var q = 0; q < quotas.size(); q++) {
        var missing = quotas.get(q).count() - takeMost(q);
        while (missing > 0 && reroute(q)) {
          missing--;
        }
        if (missing > 0) {
          lack(quotas.get(q).section() + 1, missing);
        }
      }
      for (var q = 0; q < quotas.size(); q++) {
        var section = quotas.get(q).section();
        taken.get(q).forEach((cell, n) -> plan.add(new Quota(section, List.of(cell), n)));
      }
      return plan.stream().filter(quota -> quota.count() > 0).toList();
    }

    /** Notes what the first short section lacks, over all its quotas. */
    private void lack(int section, int missing) {
      if (shortage.isEmpty()) {
        shortage = Optional.of(new Shortage(section, missing));
      } else if (shortage.get().section() == section) {
        shortage = Optional.of(new Shortage(section, shortage.get().missing() + missing));
      }
    }

    Optional<Shortage> shortage() {
      return shortage;
    }

    private int takeMost(int q) {
      var cells = new ArrayList<>(quotas.get(q).cells());
      Draw.shuffle(cells, random);
      var left = quotas.get(q).count();
      for (var cell : cells) {
        var n = Math.min(left, room.getOrDefault(cell, 0));
        take(cell, n, q);
        left -= n;
      }
      return quotas.get(q).count() - left;
    }

    private void take(Cell cell, int n, int q) {
      room.merge(cell, -n, Integer::sum);
      taken.get(q).merge(cell, n, Integer::sum);
    }

    private boolean reroute(int start) {
      var cameFrom = new HashMap<Cell, Integer>();
      var gaveUp = new HashMap<Integer, Cell>();
      var queue = new ArrayDeque<Integer>(List.of(start));
      while (!queue.isEmpty()) {
        var q = queue.poll();
        for (var cell : quotas.get(q).cells()) {
          if (cameFrom.putIfAbsent(cell, q) != null) {
            continue;
          }
          if (room.getOrDefault(cell, 0) > 0) {
            apply(start, cell, cameFrom, gaveUp);
            return true;
          }
          for (var other = 0; other < quotas.size(); other++) {
            if (other != start
                && taken.get(other).getOrDefault(cell, 0) > 0
                && gaveUp.putIfAbsent(other, cell) == null) {
              queue.add(other);
            }
          }
        }
      }
      return false;
    }

    private void apply(
        int start, Cell end, Map<Cell, Integer> cameFrom, Map<Integer, Cell> gaveUp) {
      var cell = end;
      while (true) {
        var q = Objects.requireNonNull(cameFrom.get(cell));
        take(cell, 1, q);
        if (q == start) {
          return;
        }
        cell = Objects.requireNonNull(gaveUp.get(q));
        take(cell, -1, q);
      }
    }
  }
}
