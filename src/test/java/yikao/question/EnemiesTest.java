package yikao.question;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.question.Questions.asking;
import static yikao.question.Questions.blanks;
import static yikao.question.Questions.citing;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which questions give each other away. */
class EnemiesTest {
  private static final String ONE_TO_TEN = "一二三四五六七八九十";

  private static Question question(String id) {
    return Questions.of(QuestionType.SINGLE, id, "area", 1);
  }

  private static boolean areEnemies(Question one, Question other) {
    var pool = Questions.pool(List.of(one, other));
    var enemies = pool.enemyPairs() == 1;
    for (var type : QuestionType.values()) {
      for (var place = 0; place < pool.all(type).size(); place++) {
        var theOther = 3 - pool.versionAt(type, place);
        assertThat(pool.enemiesAt(type, place))
            .isEqualTo(enemies ? new int[] {theOther} : new int[0]);
      }
    }
    return enemies;
  }

  @ParameterizedTest
  @CsvSource({
    "第三十条, true",
    "第三十条第二款, true",
    "第三十条第二款第（一）项, true",
    "第三十条之一第一款, true",
    "第（12）项, true",
    "总纲第12段, false",
    "第八部分, false",
    "第2段, false",
    "1937年9月22日, false",
  })
  void sameClause_ofADocument_areEnemies_coarsePlacesAreNot(String locator, boolean enemies) {
    var one = citing(question("a"), "doc", locator, "甲");
    assertThat(areEnemies(one, citing(question("b"), "doc", locator, "乙"))).isEqualTo(enemies);
    assertThat(areEnemies(one, citing(question("b"), "other", locator, "乙"))).isFalse();
    assertThat(areEnemies(one, citing(question("b"), "doc", "第九条", "乙"))).isFalse();
  }

  @Test
  void otherParagraphOfTheArticle_notByItself() {
    var one = citing(question("a"), "doc", "第三条第一款", "甲");
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条第二款", "乙"))).isFalse();
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", "乙"))).isFalse();
  }

  @Test
  void tenSharedCharactersOfTheWords_withinAnArticle() {
    var one = citing(question("a"), "doc", "第三条第一款", "甲" + ONE_TO_TEN + "乙");
    var shared = "丙" + ONE_TO_TEN;
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", shared))).isTrue();
    assertThat(areEnemies(one, citing(question("b"), "doc", "第四条", shared))).isFalse();
    var nine = ONE_TO_TEN.substring(1) + "丙";
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", nine))).isFalse();
    var parted = "一二三四五……六七八九十";
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", parted))).isFalse();
    var spaced = "一二三四五 六七八九十";
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", spaced))).isTrue();
  }

  @Test
  void tenSharedCharacters_inACoarsePlace_too() {
    var one = citing(question("a"), "doc", "第八部分", ONE_TO_TEN);
    assertThat(areEnemies(one, citing(question("b"), "doc", "第八部分", ONE_TO_TEN))).isTrue();
  }

  @Test
  void keyInTheStemOfTheOther_withinAnArticle() {
    var one = citing(blanks("a", Set.of(), "民主集中制"), "doc", "第三条第一款", "甲");
    var stem = asking(citing(question("b"), "doc", "第三条第二款", "乙"), "民主 集中制怎样贯彻？");
    assertThat(areEnemies(one, stem)).isTrue();
    assertThat(areEnemies(stem, one)).isTrue();
    assertThat(areEnemies(one, citing(stem, "doc", "第四条", "乙"))).isFalse();
    var three = citing(blanks("a", Set.of(), "集中制"), "doc", "第三条第一款", "甲");
    assertThat(areEnemies(three, stem)).isFalse();
  }

  @Test
  void rightChoiceInTheStem_doesSo_wrongOneDoesNot() {
    var choices = List.of(new Choice("x", "省级以上机关", false), new Choice("y", "同级公安机关", false));
    var single = citing(Questions.single("a", choices, "x"), "doc", "第三条第一款", "甲");
    var other = citing(question("b"), "doc", "第三条第二款", "乙");
    assertThat(areEnemies(single, asking(other, "经省级以上机关批准后怎样？"))).isTrue();
    assertThat(areEnemies(single, asking(other, "经同级公安机关批准后怎样？"))).isFalse();
  }

  @Test
  void namedByAnEditor_anywhereInTheBank() {
    var one = citing(question("a"), "doc", "第三条", "甲", "b", "no-such-question");
    var other = citing(question("b"), "other", "第八部分", "乙");
    assertThat(areEnemies(one, other)).isTrue();
    assertThat(areEnemies(other, one)).isTrue();
    assertThat(areEnemies(one, citing(question("c"), "other", "第八部分", "乙"))).isFalse();
  }

  @Test
  void namedByBoth_andByTheRuleToo_onePair() {
    var one = citing(question("a"), "doc", "第三条", "甲", "b");
    assertThat(areEnemies(one, citing(question("b"), "doc", "第三条", "甲", "a"))).isTrue();
  }

  @Test
  void anEnemyOfAnEnemy_isNone() {
    var pool =
        Questions.pool(
            List.of(
                citing(question("a"), "doc", "第三条第一款", ONE_TO_TEN),
                citing(question("b"), "doc", "第三条第一款", "甲"),
                citing(question("c"), "doc", "第三条第二款", ONE_TO_TEN)));
    assertThat(pool.enemyPairs()).isEqualTo(2);
    assertThat(pool.enemiesAt(QuestionType.SINGLE, 0)).containsExactly(2, 3);
    assertThat(pool.enemiesAt(QuestionType.SINGLE, 1)).containsExactly(1);
    assertThat(pool.enemiesAt(QuestionType.SINGLE, 2)).containsExactly(1);
  }

  @Test
  void narrowedPool_keepsThoseAmongItsOwn() {
    var pool =
        Questions.pool(
            List.of(
                citing(question("a"), "doc", "第三条", "甲", "c"),
                citing(question("b"), "doc", "第三条", "乙"),
                citing(question("c"), "other", "第三条", "丙")));
    assertThat(pool.enemyPairs()).isEqualTo(2);
    var narrowed = pool.narrowed(Set.of("doc"));
    assertThat(narrowed.enemyPairs()).isEqualTo(1);
    assertThat(Arrays.stream(narrowed.enemiesAt(QuestionType.SINGLE, 0))).containsExactly(2);
    assertThat(pool.narrowed(Set.of("other")).enemyPairs()).isZero();
  }
}
