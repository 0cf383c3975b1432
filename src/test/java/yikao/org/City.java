package yikao.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The files of a generated city: 4,700 organisations, 100,000 members. */
final class City {
  static final int MEMBERS = 100_000;
  static final int COUNTIES = 20;
  static final int BRANCHES = 4_680;

  private static final List<String> FAMILY = characters("王李张刘陈杨黄赵吴周徐孙马朱胡");
  private static final List<String> GIVEN = characters("建国强明华伟军红梅丽芳静敏磊洋勇艳杰娟涛");

  private City() {}

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  /** Twenty counties below the top, and branches below each. */
  static byte[] organisations() {
    var rows = new ArrayList<List<Object>>(List.of(PeopleContract.OF_ORGANISATIONS));
    rows.add(List.of("T", "市委", "党委", ""));
    for (var i = 0; i < COUNTIES; i++) {
      rows.add(List.of("C" + i, "第%d县委".formatted(i), "党委", "T"));
    }
    for (var i = 0; i < BRANCHES; i++) {
      rows.add(List.of("S" + i, "第%d党支部".formatted(i), "党支部", "C" + i % COUNTIES));
    }
    return Sheets.xlsx(rows);
  }

  /**
   * In no order of organisations, which is the hardest; one in a thousand is in a county itself.
   */
  static byte[] members(Random random) {
    var rows = new ArrayList<List<Object>>(List.of(PeopleContract.HEADINGS));
    for (var i = 0; i < MEMBERS; i++) {
      var in = i % 1_000 == 0 ? "C" + i / 1_000 % COUNTIES : "S" + random.nextInt(BRANCHES);
      rows.add(List.of(name(random, i), in, "在册", "N" + i, 13_800_000_000L + i, ""));
    }
    return Sheets.xlsx(rows);
  }

  private static String name(Random random, int number) {
    return (number % 50 == 0 ? "欧阳" : any(FAMILY, random))
        + any(GIVEN, random)
        + any(GIVEN, random);
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** What people search by: one character, two, whole names, and nobody's. */
  static List<String> sought(int count) {
    var random = new Random(7);
    var all = new ArrayList<>(List.of("王", "建", "建国", "国强", "欧阳建国", "无此人"));
    while (all.size() < count) {
      var name = name(random, 1 + random.nextInt(49));
      all.add(name.substring(random.nextInt(2), 2 + random.nextInt(2)));
    }
    return all;
  }
}
