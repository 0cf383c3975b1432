package yikao.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import yikao.org.Trees;

class BranchTest {
  @Test
  void named_whateverTheKeyboard_isOneBranch() {
    assertThat(Stream.of("第1支部", "第１支部", "第 1 支部", "第 １ 支部 ").map(Branch.Named::new).distinct())
        .containsExactly(new Branch.Named("第1支部"));
  }

  /** Rows of an earlier release are in the spelling in which they were sent. */
  @Test
  void of_asStoredEarlier_isTheSameBranch() {
    assertThat(Branch.of(Optional.empty(), Optional.of("第 １ 支部")))
        .isEqualTo(new Branch.Named("第1支部"));
    assertThat(Branch.of(Optional.of(7L), Optional.empty())).isEqualTo(new Branch.Known(7));
    assertThat(Branch.of(Optional.empty(), Optional.empty())).isEqualTo(new Branch.Named(""));
  }

  /** Its column has no room for more. */
  @Test
  void named_thatFoldingMakesTooLong_staysAsWritten() {
    assertThat(new Branch.Named("㈱".repeat(33)).name()).isEqualTo("(株)".repeat(33));
    assertThat(new Branch.Named("㈱".repeat(34)).name()).isEqualTo("㈱".repeat(34));
  }

  @Test
  void shown_known_hasCodeAndPathAndANameLikeNoOther() {
    var tree =
        Trees.of("P,市委,", "D,城东街道党工委,P", "X,城西街道党工委,P", "D1,第一党支部,D", "X1,第一党支部,X", "X2,机关支部,X");
    assertThat(ShownBranch.of(new Branch.Known(4), tree))
        .isEqualTo(
            new ShownBranch(
                "城东街道党工委 / 第一党支部", Optional.of("D1"), Optional.of("市委 / 城东街道党工委 / 第一党支部")));
    assertThat(ShownBranch.of(new Branch.Known(6), tree).name()).isEqualTo("机关支部");
  }

  @Test
  void shown_writtenOrUnknown_hasNeither() {
    var tree = Trees.of("P,市委,");
    assertThat(ShownBranch.of(new Branch.Named("市委"), tree))
        .isEqualTo(new ShownBranch("市委", Optional.empty(), Optional.empty()));
    assertThat(ShownBranch.of(new Branch.Known(99), tree))
        .isEqualTo(new ShownBranch("", Optional.empty(), Optional.empty()));
  }
}
