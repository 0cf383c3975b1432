package yikao.paper;

import java.util.ArrayList;
import java.util.List;
import yikao.question.Pool;

/**
 * So many questions out of these cells.
 *
 * @param section which section they are for, counted from 0
 * @param cells where they may come from
 * @param count how many
 */
record Quota(int section, List<Cell> cells, int count) {

  /** An area and a difficulty. */
  record Cell(String area, int difficulty) {}

  /** The quotas of a section that fixes areas or difficulties, but not both. */
  static List<Quota> of(int index, Section section, List<String> poolAreas) {
    var areas = section.areaCounts();
    var difficulties = section.difficultyCounts();
    var quotas = new ArrayList<Quota>();
    if (!areas.isEmpty()) {
      areas.forEach((area, n) -> quotas.add(new Quota(index, cells(List.of(area)), n)));
    } else {
      var open = section.namedAreas().isEmpty() ? poolAreas : section.namedAreas();
      if (difficulties.isEmpty()) {
        quotas.add(new Quota(index, cells(open), section.count()));
      }
      difficulties.forEach((level, n) ->
          quotas.add(new Quota(index, open.stream().map(a -> new Cell(a, level)).toList(), n)));
    }
    return quotas;
  }

  /** Every cell that a section may draw from. */
  static List<Cell> cells(Section section, List<String> poolAreas) {
    var areas = section.namedAreas().isEmpty() ? poolAreas : section.namedAreas();
    var levels = section.difficultyCounts().keySet();
    return cells(areas).stream()
        .filter(c -> levels.isEmpty() || levels.contains(c.difficulty()))
        .toList();
  }

  private static List<Cell> cells(List<String> areas) {
    var cells = new ArrayList<Cell>();
    for (var area : areas) {
      for (var difficulty = 1; difficulty <= Pool.DIFFICULTIES; difficulty++) {
        cells.add(new Cell(area, difficulty));
      }
    }
    return cells;
  }
}
