package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.db.jooq.Tables.ORGANISATION;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.access.Actor;
import yikao.audit.AuditLog;
import yikao.db.Transactions;
import yikao.org.OrganisationChanges.New;
import yikao.org.OrganisationChanges.Seen;
import yikao.web.Problem;
import yikao.web.Problems;

/** What staff does to the tree, and what is known of it on each day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestructuringContract {
  private static final LocalDate START = LocalDate.of(2020, 1, 1);

  private TestService service;
  private Organisations organisations;
  private OrganisationChanges changes;
  private Members members;
  private int round;

  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void open() throws Exception {
    service = TestService.start(database());
    organisations = service.context().getBean(Organisations.class);
    changes = service.context().getBean(OrganisationChanges.class);
    members = service.context().getBean(Members.class);
  }

  @AfterAll
  void close() {
    service.close();
  }

  /** Each test has a tree of its own below the top. */
  @BeforeEach
  void plant() {
    round++;
    create(START, "T", "");
  }

  private String code(String code) {
    return code + "-" + round;
  }

  private static Order order(LocalDate date) {
    return new Order(Actor.SYSTEM, "调整", date);
  }

  private static LocalDate day(int number) {
    return START.plusDays(number);
  }

  private Organisation create(LocalDate date, String code, String parent) {
    return create(date, code, code + "支部", parent);
  }

  private Organisation create(LocalDate date, String code, String name, String parent) {
    return changes.create(
        order(date),
        new New(
            code(code),
            parent.isEmpty() ? name + round : name,
            OrganisationKind.BRANCH,
            Optional.of(parent).filter(p -> !p.isEmpty()).map(this::code)));
  }

  private Organisation now(String code) {
    return organisations.tree().byCode(code(code)).orElseThrow();
  }

  private Seen seen(String code) {
    return new Seen(code(code), now(code).version());
  }

  private String path(OrganisationTree tree, String code) {
    return tree.byCode(code(code)).map(o -> tree.path(o)).orElse("-");
  }

  private static String refused(ThrowingCallable call) {
    var problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).isNotNull();
    return problem.errors().isEmpty()
        ? problem.code()
        : Problems.errors(problem).stream()
            .map(e -> e.field() + " " + e.code())
            .findFirst()
            .orElseThrow();
  }

  @Test
  void rename_holdsFromItsDayAndIsKnownSinceItWasRecorded() {
    create(day(1), "A", "T");
    var known = Instant.now();
    pause();
    changes.edit(order(day(9)), seen("A"), "新支部", OrganisationKind.COMMITTEE);
    var top = "T支部" + round;
    assertThat(path(organisations.tree(), "A")).isEqualTo(top + " / 新支部");
    assertThat(now("A").kind()).isEqualTo(OrganisationKind.COMMITTEE);
    assertThat(path(organisations.tree(day(8)), "A")).isEqualTo(top + " / A支部");
    assertThat(path(organisations.tree(day(9)), "A")).isEqualTo(top + " / 新支部");
    assertThat(path(organisations.tree(day(9), known), "A")).isEqualTo(top + " / A支部");
    assertThat(path(organisations.tree(day(0)), "A")).as("not there yet").isEqualTo("-");
  }

  private static void pause() {
    var start = Instant.now();
    while (!Instant.now().isAfter(start.plusMillis(2))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void otherVersion_isRefused() {
    create(day(1), "A", "T");
    var old = seen("A");
    changes.edit(order(day(2)), old, "甲", OrganisationKind.BRANCH);
    assertThat(refused(() -> changes.edit(order(day(3)), old, "乙", OrganisationKind.BRANCH)))
        .isEqualTo("organisation.stale");
    assertThat(now("A").name()).isEqualTo("甲");
  }

  @Test
  void whatIsNoTree_isRefusedAndNothingChanges() {
    create(day(1), "A", "T");
    create(day(1), "B", "A");
    create(day(1), "C", "B");
    var before = stored();
    assertThat(refused(() -> changes.move(order(day(2)), seen("A"), Optional.of(code("C")))))
        .isEqualTo("parent organisation.cycle");
    assertThat(refused(() -> changes.move(order(day(2)), seen("A"), Optional.of(code("A")))))
        .isEqualTo("parent organisation.cycle");
    assertThat(refused(() -> changes.merge(order(day(2)), seen("A"), code("C"))))
        .isEqualTo("target organisation.below-itself");
    assertThat(refused(() -> create(day(2), "A", "T"))).isEqualTo("code organisation.code-taken");
    assertThat(refused(() -> create(day(2), "D", "A支部", "T")))
        .isEqualTo("name organisation.same-name");
    assertThat(refused(() -> create(day(2), "D", "a 支部", "T")))
        .as("the same but for what a keyboard makes")
        .isEqualTo("name organisation.same-name");
    assertThat(refused(() -> create(day(2), "D", "X"))).isEqualTo("parent organisation.no-such");
    assertThat(refused(() -> create(day(0), "D", "A"))).isEqualTo("name organisation.parent-later");
    assertThat(refused(() -> changes.close(order(day(2)), seen("A"))))
        .isEqualTo("date organisation.has-below");
    assertThat(stored()).isEqualTo(before);
  }

  /** It was no circle today, but would have been one on a day that has passed. */
  @Test
  void circleOnAPastDay_isRefused() {
    create(day(1), "A", "T");
    create(day(1), "B", "A");
    changes.move(order(day(10)), seen("B"), Optional.of(code("T")));
    assertThat(refused(() -> changes.move(order(day(5)), seen("A"), Optional.of(code("B")))))
        .isEqualTo("parent organisation.cycle");
    changes.move(order(day(10)), seen("A"), Optional.of(code("B")));
    assertThat(path(organisations.tree(), "A")).endsWith("B支部 / A支部");
    assertThat(path(organisations.tree(day(9)), "B")).endsWith("A支部 / B支部");
  }

  @Test
  void depth_hasALimit() {
    for (var i = 1; i < OrganisationTree.LEVELS; i++) {
      create(day(1), "L" + i, i == 1 ? "T" : "L" + (i - 1));
    }
    assertThat(refused(() -> create(day(1), "X", "L20"))).isEqualTo("name organisation.too-deep");
    create(day(1), "U", "T");
    create(day(1), "V", "U");
    assertThat(refused(() -> changes.move(order(day(2)), seen("U"), Optional.of(code("L19")))))
        .as("with what is below it")
        .isEqualTo("parent organisation.too-deep");
    changes.move(order(day(2)), seen("U"), Optional.of(code("L18")));
  }

  @Test
  void merger_takesChildrenAndMembersOverAndKeepsTheSourceBelow() {
    create(day(1), "A", "T");
    create(day(1), "A1", "第一党支部", "A");
    create(day(1), "A2", "第二党支部", "A");
    create(day(1), "B", "T");
    create(day(1), "B1", "第一党支部", "B");
    var member = member("A", day(3));
    assertThat(refused(() -> changes.merge(order(day(9)), seen("A"), code("B"))))
        .as("two of one name")
        .isEqualTo("target organisation.same-name");
    changes.edit(order(day(8)), seen("A1"), "原甲第一党支部", OrganisationKind.BRANCH);
    changes.merge(order(day(9)), seen("A"), code("B"));
    var tree = organisations.tree();
    assertThat(tree.way(now("A"))).extracting(Organisation::code).contains(code("B"));
    assertThat(now("A").open()).isFalse();
    assertThat(tree.parentCode(code("A1"))).contains(code("B"));
    assertThat(tree.parentCode(code("A2"))).contains(code("B"));
    assertThat(members.get(member).organisationId()).isEqualTo(now("B").id());
    assertThat(organisations.tree(day(8)).parentCode(code("A1"))).contains(code("A"));
    assertThat(tree.branches()).extracting(Organisation::code).doesNotContain(code("A"));
    assertThat(tree.finder().named("A支部")).extracting(Organisation::code).doesNotContain(code("A"));
    assertThat(tree.byCode(code("A"))).as("still shown with results").isPresent();
    assertThat(refused(() -> create(day(10), "Z", "A")))
        .isEqualTo("parent organisation.parent-closed");
  }

  private UUID member(String in, LocalDate date) {
    return members
        .create(order(date), MemberDetails.of("王小明", "", "", ""), now(in), MemberState.ENROLLED)
        .id();
  }

  @Test
  void split_takesWhatIsNamed() {
    create(day(1), "A", "T");
    create(day(1), "A1", "A");
    create(day(1), "A2", "A");
    var goes = member("A", day(2));
    var stays = member("A", day(2));
    var wanted = new New(code("N"), "新支部", OrganisationKind.BRANCH, Optional.empty());
    assertThat(
            refused(() ->
                changes.split(order(day(5)), seen("A"), wanted, List.of(code("B")), List.of())))
        .isEqualTo("children organisation.not-below");
    changes.split(order(day(5)), seen("A"), wanted, List.of(code("A1")), List.of(goes));
    var tree = organisations.tree();
    assertThat(tree.parentCode(code("N"))).contains(code("T"));
    assertThat(tree.parentCode(code("A1"))).contains(code("N"));
    assertThat(tree.parentCode(code("A2"))).contains(code("A"));
    assertThat(members.get(goes).organisationId()).isEqualTo(now("N").id());
    assertThat(members.get(stays).organisationId()).isEqualTo(now("A").id());
    assertThat(
            refused(() ->
                changes.split(
                    order(day(6)),
                    seen("A"),
                    new New(code("M"), "又一支部", OrganisationKind.BRANCH, Optional.empty()),
                    List.of(),
                    List.of(goes))))
        .isEqualTo("members member.not-in");
  }

  @Test
  void closing_waitsUntilNobodyIsInIt() {
    create(day(1), "A", "T");
    create(day(1), "B", "T");
    var member = member("A", day(2));
    assertThat(refused(() -> changes.close(order(day(5)), seen("A"))))
        .isEqualTo("date organisation.has-members");
    var version = members.get(member).version();
    members.move(order(day(6)), member, version, now("B"));
    assertThat(refused(() -> changes.close(order(day(5)), seen("A"))))
        .as("somebody was in it on that day")
        .isEqualTo("date organisation.has-members");
    changes.close(order(day(6)), seen("A"));
    assertThat(refused(() -> changes.close(order(day(7)), seen("A"))))
        .isEqualTo("version organisation.is-closed");
    assertThat(refused(() -> member("A", day(8)))).isEqualTo("organisation organisation.is-closed");
    create(day(7), "C", "A支部", "T");
    assertThat(refused(() -> changes.reopen(order(day(8)), seen("A"))))
        .as("another has the name now")
        .isEqualTo("name organisation.same-name");
    changes.edit(order(day(7)), seen("C"), "丙支部", OrganisationKind.BRANCH);
    changes.reopen(order(day(8)), seen("A"));
    assertThat(now("A").open()).isTrue();
    assertThat(organisations.tree(day(7)).byCode(code("A")).orElseThrow().open()).isFalse();
  }

  @Test
  void everyChange_standsInTheAuditLog() {
    create(day(1), "A", "T");
    changes.edit(order(day(2)), seen("A"), "甲", OrganisationKind.GROUP);
    var entries =
        service
            .context()
            .getBean(AuditLog.class)
            .find(
                new AuditLog.Sought(Optional.of("organisation:" + now("A").id()), Optional.empty()),
                Optional.empty(),
                10);
    assertThat(entries)
        .extracting(e -> e.action())
        .containsExactly("organisation.edit", "organisation.create");
    assertThat(entries.getFirst().after()).contains("group");
  }

  /** Any operations keep a tree, right paths, and what was known of each day. */
  @Test
  void anyOperations_keepTheTreeAndItsHistory() {
    var random = new Random(20_261_130L + round);
    var codes = new ArrayList<>(List.of("T"));
    var known = new TreeMap<LocalDate, List<String>>();
    var done = 0;
    for (var i = 0; i < 150; i++) {
      var date = day(1 + i);
      try {
        any(random, codes, date, i);
        done++;
      } catch (Problem refused) {
        assertThat(refused.errors()).as("%s", refused.code()).isNotEmpty();
      }
      isWhole();
      known.put(date, lines(organisations.tree()));
      assertThat(lines(organisations.tree(date))).isEqualTo(known.get(date));
    }
    assertThat(done).isGreaterThan(50);
    known.forEach((date, lines) ->
        assertThat(lines(organisations.tree(date))).as("%s", date).isEqualTo(lines));
  }

  private void any(Random random, List<String> codes, LocalDate date, int number) {
    var one = codes.get(random.nextInt(codes.size()));
    var other = codes.get(random.nextInt(codes.size()));
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        create(date, "R" + number, one);
        codes.add("R" + number);
      }
      case 3 -> changes.move(order(date), seen(one), Optional.of(code(other)));
      case 4 ->
          changes.edit(
              order(date),
              seen(one),
              "第%d支部".formatted(random.nextInt(5)),
              OrganisationKind.BRANCH);
      case 5 -> changes.merge(order(date), seen(one), code(other));
      case 6 -> changes.close(order(date), seen(one));
      default -> changes.reopen(order(date), seen(one));
    }
  }

  private List<String> lines(OrganisationTree tree) {
    return tree.all().stream()
        .filter(o -> o.code().endsWith("-" + round))
        .map(o ->
            String.join(
                ",",
                o.code(),
                o.name(),
                String.valueOf(o.open()),
                tree.parentCode(o.code()).orElse("")))
        .sorted()
        .toList();
  }

  private List<String> stored() {
    organisations.refresh();
    return lines(organisations.tree());
  }

  /** The rows are a tree, their paths say so, and no two open ones below one have one name. */
  private void isWhole() {
    var rows =
        service
            .context()
            .getBean(Transactions.class)
            .read()
            .selectFrom(ORGANISATION)
            .fetchMap(ORGANISATION.ID);
    var names = new HashMap<String, String>();
    for (var row : rows.values()) {
      var above = row.getParentId() == null ? "" : rows.get(row.getParentId()).getPath();
      assertThat(row.getPath()).isEqualTo(above + "%010d".formatted(row.getId()));
      if (row.getState().equals("open")) {
        assertThat(names.put(row.getParentId() + NameKey.of(row.getName()), row.getCode()))
            .as(row.getName())
            .isNull();
      }
    }
    assertThat(organisations.tree().raised()).isEmpty();
  }
}
