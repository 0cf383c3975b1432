package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import yikao.leaderboard.Group.Members;

class GroupTest {
  private static Group group(String name, int participants, String total) {
    return new Group(
        new Members.Written(name),
        participants,
        new BigDecimal(total).movePointRight(3).longValueExact());
  }

  @Test
  void average_thirds_twoDecimals() {
    assertThat(group("一", 3, "200").average()).isEqualTo(new BigDecimal("66.67"));
    assertThat(group("一", 3, "100").average()).isEqualTo(new BigDecimal("33.33"));
    assertThat(group("一", 2, "0.01").average()).isEqualTo(new BigDecimal("0.01"));
  }

  @Test
  void order_averageThenParticipants_moreFirst() {
    var groups =
        new ArrayList<>(
            List.of(
                group("甲", 1, "80"),
                group("乙", 2, "180"),
                group("丙", 3, "240"),
                group("丁", 9, "9")));
    groups.sort(Group.ORDER);
    assertThat(groups).extracting(g -> g.members().name()).containsExactly("乙", "丙", "甲", "丁");
  }

  @Test
  void order_equalAverageAndParticipants_equalRankWhateverTheName() {
    assertThat(Group.ORDER.compare(group("甲", 3, "200"), group("乙", 3, "200.001"))).isZero();
    assertThat(Group.ORDER.compare(group("甲", 3, "200"), group("乙", 4, "200"))).isNegative();
  }

  @Test
  void plus_participantsAndTotals_asTheSameMembers() {
    assertThat(group("甲", 2, "150").plus(group("乙", 3, "100.5"))).isEqualTo(group("甲", 5, "250.5"));
  }
}
