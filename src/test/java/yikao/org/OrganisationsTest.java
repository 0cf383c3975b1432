package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.db.jooq.Tables.ORGANISATION;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.access.Actor;
import yikao.audit.AuditLogs;
import yikao.db.BareDatabase;
import yikao.org.Organisations.ImportRow;
import yikao.web.Problem;
import yikao.web.Problems;

/** Importing organisations: all rows, or none and each bad one named. */
final class OrganisationsTest {
  private final BareDatabase database = BareDatabase.h2();
  private Organisations organisations;

  @BeforeEach
  void open() {
    organisations = organisations();
  }

  /** As another node has them, or the same one after its restart. */
  private Organisations organisations() {
    return new Organisations(
        database.transactions(),
        database.leases(),
        new Trail(AuditLogs.of(database)),
        Days.today());
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Rows as a file has them: code, name and parent, from line 2 on. */
  private static List<ImportRow> rows(String... lines) {
    var rows = new ArrayList<ImportRow>();
    for (var line : lines) {
      var cells = line.split(",", -1);
      rows.add(new ImportRow(rows.size() + 2, cells[0], cells[1], cells[2]));
    }
    return rows;
  }

  private int load(String... lines) {
    return organisations.importAll(Actor.SYSTEM, rows(lines));
  }

  /** What is wrong with a file, of which nothing is stored. */
  private List<String> errors(String... lines) {
    var before = stored();
    var problem =
        catchThrowableOfType(
            Problem.class, () -> organisations.importAll(Actor.SYSTEM, rows(lines)));
    assertThat(problem).isNotNull();
    assertThat(stored()).as("all rows or none").isEqualTo(before);
    return Problems.errors(problem).stream().map(e -> e.field() + " " + e.code()).toList();
  }

  /** What the database has, and the tree that is read from it shows. */
  private List<String> stored() {
    var shown = lines(organisations);
    assertThat(lines(organisations())).isEqualTo(shown);
    return shown;
  }

  private static List<String> lines(Organisations of) {
    var tree = of.tree();
    return tree.all().stream()
        .map(o -> String.join(",", o.code(), o.name(), tree.parentCode(o.code()).orElse("")))
        .sorted()
        .toList();
  }

  @Test
  void rows_areStoredWhateverTheirOrder() {
    assertThat(load("A1,支部,A", "A,党委,P", "P,市委,")).isEqualTo(3);
    assertThat(stored()).containsExactly("A,党委,P", "A1,支部,A", "P,市委,");
  }

  @Test
  void noRows_changeNothing() {
    load("P,市委,");
    assertThat(load()).isZero();
    assertThat(stored()).containsExactly("P,市委,");
  }

  @Test
  void knownOnes_areRenamedAndMovedAndTheRestStays() {
    load("P,市委,", "Q,县委,", "A,党委,P", "A1,支部,A");
    var id = organisations.tree().byCode("A").orElseThrow().id();
    assertThat(load("A,新党委,Q", "P,老市委,")).isEqualTo(2);
    assertThat(stored()).containsExactly("A,新党委,Q", "A1,支部,A", "P,老市委,", "Q,县委,");
    assertThat(organisations.tree().byCode("A").orElseThrow().id()).isEqualTo(id);
    load("A,新党委,");
    assertThat(organisations.tree().parentCode("A")).as("moved to the top").isEmpty();
  }

  @Test
  void parent_mayBeStoredOrInTheFile() {
    load("P,市委,");
    load("A,党委,P", "A1,支部,A");
    assertThat(errors("B,党委,P", "B1,支部,X", "B2,支部,Y"))
        .containsExactly(
            "line 3: parent organisation.no-parent", "line 4: parent organisation.no-parent");
  }

  @Test
  void codes_haveToBeThereAndOnlyOnceInAFile() {
    var long64 = "c".repeat(64);
    assertThat(load(long64 + ",支部,")).isEqualTo(1);
    assertThat(errors(",无码,", "  ,空白,", long64 + "c,太长,", "A,一,", "A,二,"))
        .containsExactly(
            "line 2: code length",
            "line 3: code length",
            "line 4: code length",
            "line 6: code duplicate");
  }

  @Test
  void names_haveToBeThereAndFit() {
    var long200 = "名".repeat(200);
    assertThat(load("A," + long200 + ",")).isEqualTo(1);
    assertThat(errors("B,,", "C,  ,", "D," + long200 + "名,"))
        .containsExactly("line 2: name length", "line 3: name length", "line 4: name length");
  }

  /** Somebody would see two that look the same, or nothing at all. */
  @Test
  void whatNobodySees_isNoPartOfACodeOrName() {
    assertThat(load("\u200bA\u00a0,\u3000市\u200b委 ,", "A1,支部,\ufeffA")).isEqualTo(2);
    assertThat(stored()).containsExactly("A,市委,", "A1,支部,A");
    assertThat(errors("B,\u200b,", "C,丙\u202e支部,", "D\u0007,丁,", "\u3164,戊,"))
        .containsExactly(
            "line 2: name length",
            "line 3: name text.not-shown",
            "line 4: code text.not-shown",
            "line 5: code length");
  }

  @Test
  void everyBadRow_isNamedAtOnce() {
    assertThat(errors("A,,X", "B,二,B", ",三,"))
        .containsExactlyInAnyOrder(
            "line 2: name length",
            "line 2: parent organisation.no-parent",
            "line 3: parent organisation.cycle",
            "line 4: code length");
  }

  @Test
  void cycleOfItself_isRefused() {
    assertThat(errors("A,甲,A")).containsExactly("line 2: parent organisation.cycle");
    load("A,甲,");
    assertThat(errors("A,甲,A")).containsExactly("line 2: parent organisation.cycle");
  }

  @Test
  void cycleInTheFile_isRefused() {
    assertThat(errors("A,甲,B", "B,乙,C", "C,丙,A", "D,丁,"))
        .containsExactly(
            "line 2: parent organisation.cycle",
            "line 3: parent organisation.cycle",
            "line 4: parent organisation.cycle");
  }

  @Test
  void cycleThroughWhatIsStored_isRefused() {
    load("A,甲,", "B,乙,A", "C,丙,B");
    assertThat(errors("A,甲,C")).containsExactly("line 2: parent organisation.cycle");
    assertThat(load("A,甲,C", "B,乙,")).as("the file takes its way apart").isEqualTo(2);
    assertThat(stored()).containsExactly("A,甲,C", "B,乙,", "C,丙,B");
  }

  /** Each below the one before: O1 at the top, then O2 … */
  private static String[] chain(int from, int to) {
    var lines = new ArrayList<String>();
    for (var i = from; i <= to; i++) {
      lines.add("O%d,第%d层,%s".formatted(i, i, i == 1 ? "" : "O" + (i - 1)));
    }
    return lines.toArray(String[]::new);
  }

  @Test
  void depth_hasALimitInTheFileAndBelowWhatIsStored() {
    assertThat(errors(chain(1, 22))).containsExactly("line 23: parent organisation.cycle");
    assertThat(load(chain(1, 21))).isEqualTo(21);
    assertThat(errors(chain(22, 22))).containsExactly("line 2: parent organisation.cycle");
    assertThat(load("X,别处,O20")).isEqualTo(1);
  }

  /** What is below one that is moved goes with it. */
  @Test
  void depth_countsWhatIsStoredBelowOneThatIsMoved() {
    load(chain(1, 20));
    load("A,甲,", "B,乙,A", "C,丙,B");
    assertThat(errors("A,甲,O20")).containsExactly("line 2: parent organisation.cycle");
    assertThat(load("A,甲,O18")).isEqualTo(1);
  }

  @Test
  void otherNode_seesTheRowsOnceItReadsThem() {
    var other = organisations();
    load("P,市委,");
    assertThat(other.tree().all()).isEmpty();
    other.refresh();
    assertThat(lines(other)).containsExactly("P,市委,");
  }

  /** What it has in mind may be old: what is stored decides. */
  @Test
  void otherNode_importsOverWhatIsStored() {
    var other = organisations();
    load("A,甲,", "B,乙,A");
    assertThat(other.importAll(Actor.SYSTEM, rows("B1,支部,B"))).isEqualTo(1);
    assertThat(lines(other)).containsExactly("A,甲,", "B,乙,A", "B1,支部,B");
  }

  @Test
  void otherNode_makesNoCycleOfWhatItHasNotSeen() {
    load("A,甲,", "B,乙,");
    var other = organisations();
    load("B,乙,A");
    var problem =
        catchThrowableOfType(Problem.class, () -> other.importAll(Actor.SYSTEM, rows("A,甲,B")));
    assertThat(problem).isNotNull();
    assertThat(problem.fields()).containsExactly("line 2: parent");
    assertThat(stored()).containsExactly("A,甲,", "B,乙,A");
  }

  @Test
  void otherNode_noticesAnImportAndReadsOnlyThen() {
    var other = organisations();
    var before = other.tree();
    other.notice();
    assertThat(other.tree()).as("nothing new").isSameAs(before);
    load("P,市委,");
    other.notice();
    assertThat(lines(other)).containsExactly("P,市委,");
    load("P,市委员会,");
    other.notice();
    assertThat(lines(other)).containsExactly("P,市委员会,");
    var last = other.tree();
    errors("A,甲,X");
    other.notice();
    assertThat(other.tree()).as("refused").isSameAs(last);
  }

  // what an earlier release may have left

  /** As two imports at once could store it, before they came one after the other. */
  private void left(String code, String parent) {
    var dsl = database.transactions().read();
    dsl.update(ORGANISATION)
        .set(
            ORGANISATION.PARENT_ID,
            DSL.select(ORGANISATION.as("p").ID)
                .from(ORGANISATION.as("p"))
                .where(ORGANISATION.as("p").CODE.eq(parent)))
        .where(ORGANISATION.CODE.eq(code))
        .execute();
  }

  @Test
  void circleInTheDatabase_countsAsAtTheTop() {
    load("A,甲,", "B,乙,A", "B1,支部,B", "T,顶,");
    left("A", "B");
    organisations.refresh();
    assertThat(stored()).containsExactly("A,甲,", "B,乙,", "B1,支部,B", "T,顶,");
    assertThat(organisations.tree().raised())
        .extracting(Organisation::code)
        .containsExactly("A", "B");
  }

  @Test
  void depthInTheDatabase_beginsAgain() {
    load(chain(1, 21));
    load("X,甲,", "Y,乙,X");
    left("X", "O21");
    organisations.refresh();
    assertThat(organisations.tree().parentCode("X")).isEmpty();
    assertThat(organisations.tree().parentCode("Y")).contains("X");
  }

  /** What the check has gone by is what is there afterwards. */
  @Test
  void importOverACircle_storesWhatItCountedAs() {
    load("A,甲,", "B,乙,A", "T,顶,");
    left("A", "B");
    organisations.refresh();
    assertThat(load("B,乙,A", "T1,顶一,T")).isEqualTo(2);
    assertThat(stored()).containsExactly("A,甲,", "B,乙,A", "T,顶,", "T1,顶一,T");
    assertThat(organisations.tree().raised()).isEmpty();
    left("A", "B");
    load();
    assertThat(stored()).contains("A,甲,", "B,乙,");
    assertThat(organisations().tree().raised()).isEmpty();
  }

  @Test
  void importsAtOnce_makeNoCycle() throws Exception {
    for (var round = 0; round < 20; round++) {
      load("A,甲,", "B,乙,");
      try (var threads = Executors.newFixedThreadPool(2)) {
        var halves =
            List.of("A,甲,B", "B,乙,A").stream()
                .map(half -> threads.submit(() -> isImported(organisations(), half)))
                .toList();
        assertThat(List.of(halves.getFirst().get(), halves.getLast().get()))
            .containsExactlyInAnyOrder(true, false);
      }
    }
  }

  private static boolean isImported(Organisations by, String line) {
    try {
      return by.importAll(Actor.SYSTEM, rows(line)) == 1;
    } catch (Problem e) {
      return false;
    }
  }

  @Test
  void importAll_textsWithSomethingInvisible_areTidied() {
    load("A,\u200b甲\u00ad党委\u3000,", "\ufeffA1,甲一支部,A\u200b");
    assertThat(stored()).containsExactly("A,甲党委,", "A1,甲一支部,A");
  }

  @Test
  void importAll_codeThatAnEarlierReleaseDidNotTidy_isStillTheSame() {
    database
        .transactions()
        .write(dsl ->
            dsl.insertInto(ORGANISATION)
                .set(ORGANISATION.CODE, "A\u200b")
                .set(ORGANISATION.NAME, "甲")
                .execute());
    organisations.refresh();
    load("A\u200b,甲党委,", "A1,甲一支部,A\u200b");
    assertThat(stored()).containsExactly("A1,甲一支部,A\u200b", "A\u200b,甲党委,");
  }

  @Test
  void importAll_textsThatCannotBeSeen_areNamed() {
    assertThat(errors("\u200b,甲,", "B,\u3164,", "C,丙\u202e,", "D\u0000,丁,"))
        .containsExactly(
            "line 2: code length",
            "line 3: name length",
            "line 4: name text.not-shown",
            "line 5: code text.not-shown");
  }
}
