package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two streets under a city, each with a first branch, and names of other kinds. */
final class BranchFinderTest {
  private static final OrganisationTree TREE =
      Trees.of(
          "P,中共某市委,",
          "D,城东街道党工委,P",
          "X,城西街道党工委,P",
          "D1,第一党支部,D",
          "X1,第一党支部,X",
          "D2,第１支部,D",
          "D11,第11支部,D",
          "X9,党办/政研室支部,X",
          "X8,“红旗”支部,X",
          "it-1,IT 支部,X",
          "K,第二小学党支部,P",
          "A1,D1,P");

  private static List<String> named(String written) {
    return codes(TREE.finder().named(written));
  }

  private static List<String> search(String sought) {
    return codes(TREE.finder().search(sought, 100));
  }

  private static List<String> codes(List<Organisation> branches) {
    return branches.stream().map(Organisation::code).toList();
  }

  @Test
  void script_makesNoDifference() {
    var traditional = Trees.of("P,市委,", "D,城東街道黨工委,P", "D1,第一黨支部,D", "X1,第二党支部,D");
    for (var written : List.of("城東街道黨工委/第一黨支部", "城东街道党工委/第一党支部")) {
      assertThat(codes(traditional.finder().named(written))).as(written).containsExactly("D1");
    }
    assertThat(named("城東街道黨工委/第一黨支部")).containsExactly("D1");
    assertThat(search("城東 第一")).isEqualTo(search("城东 第一")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "D1 | D1",
        "Ｄ１ | D1",
        "d1 | D1",
        "' D1\u200b ' | D1",
        "IT-1 | it-1",
        "中共某市委 / 城东街道党工委 / 第一党支部 | D1",
        "城东街道党工委 / 第一党支部 | D1",
        "城西街道党工委／第一党支部 | X1",
        "城西街道党工委/ 第一党支部。 | X1",
        "第1支部 | D2",
        "第 1 支部 | D2",
        "第１支部 | D2",
        "第11支部 | D11",
        "党办 / 政研室支部 | X9",
        "红旗”支部 | X8",
        "城西街道党工委 / “红旗”支部 | X8",
        "it 支部 | it-1",
        "第二小学党支部 | K",
        "中共某市委 / D1 | A1"
      })
  void named_codeNameOrEndOfThePath_isTheBranch(String written, String code) {
    assertThat(named(written)).containsExactly(code);
  }

  @Test
  void named_severalOfOneName_areAllTold() {
    assertThat(named("第一党支部")).containsExactly("D1", "X1");
    assertThat(named("第一党支部 ")).containsExactly("D1", "X1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "。",
        "/",
        "第一",
        "城东街道党工委",
        "D",
        "支部",
        "街道党工委 / 第一党支部",
        "城东街道党工委 / 第二小学党支部",
        "政研室支部",
        "没有的支部"
      })
  void named_partsAndOthers_areNone(String written) {
    assertThat(named(written)).isEmpty();
  }

  @Test
  void search_partOfTheName_theShorterFirst() {
    assertThat(search("第１")).containsExactly("D2", "D11");
    assertThat(search("第1")).containsExactly("D2", "D11");
    assertThat(search("第一")).containsExactly("D1", "X1");
    assertThat(search("ｉｔ")).containsExactly("it-1");
  }

  @Test
  void search_wordsOfThePath_inAnyOrder() {
    assertThat(search("城东 第一")).containsExactly("D1");
    assertThat(search("第一\u3000城西")).containsExactly("X1");
    assertThat(search("城西")).containsExactlyInAnyOrder("X1", "X8", "X9", "it-1");
    assertThat(search("城西街道党工委 / 第一党支部")).containsExactly("X1");
    assertThat(search("城东 第三")).isEmpty();
  }

  @Test
  void search_whole_goesBeforeItsWords() {
    assertThat(search("第 1 支部")).startsWith("D2").contains("D11");
    assertThat(search("D1")).as("the code, and a name").containsExactly("A1", "D1");
  }

  @Test
  void search_nothing_findsNothing() {
    assertThat(search("")).isEmpty();
    assertThat(search("。 / ")).isEmpty();
    assertThat(TREE.finder().search("支部", 3)).hasSize(3);
  }
}
