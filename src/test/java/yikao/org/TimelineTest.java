package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What held from when until when. */
final class TimelineTest {
  private static final LocalDate START = LocalDate.of(2020, 1, 1);

  /** Two fields that change by themselves. */
  private record Pair(String name, int place) {
    Pair named(String other) {
      return new Pair(other, place);
    }

    Pair at(int other) {
      return new Pair(name, other);
    }
  }

  private static LocalDate day(int number) {
    return START.plusDays(number);
  }

  private static Timeline<Pair> begun() {
    return Timeline.from(day(0), new Pair("a", 1));
  }

  private static List<String> shown(Timeline<Pair> timeline) {
    return timeline.spans().stream()
        .map(s ->
            "%d-%s %s%d"
                .formatted(
                    START.until(s.from()).getDays(),
                    s.until().map(u -> String.valueOf(START.until(u).getDays())).orElse(""),
                    s.value().name(),
                    s.value().place()))
        .toList();
  }

  @Test
  void change_holdsFromItsDay() {
    var after = begun().change(day(5), Pair::name, p -> p.named("b"));
    assertThat(shown(after)).containsExactly("0-5 a1", "5- b1");
    assertThat(after.at(day(4))).contains(new Pair("a", 1));
    assertThat(after.at(day(5))).contains(new Pair("b", 1));
    assertThat(after.at(START.minusDays(1))).isEmpty();
  }

  @Test
  void change_ofADayBeforeAnother_holdsUntilThatOne() {
    var after =
        begun()
            .change(day(5), Pair::name, p -> p.named("c"))
            .change(day(2), Pair::name, p -> p.named("b"));
    assertThat(shown(after)).containsExactly("0-2 a1", "2-5 b1", "5- c1");
  }

  @Test
  void change_ofAnotherField_goesOnOverIt() {
    var after =
        begun()
            .change(day(5), Pair::name, p -> p.named("b"))
            .change(day(2), Pair::place, p -> p.at(2));
    assertThat(shown(after)).containsExactly("0-2 a1", "2-5 a2", "5- b2");
  }

  @Test
  void change_ofTheFirstDay_leavesNothingBefore() {
    assertThat(shown(begun().change(day(0), Pair::name, p -> p.named("b"))))
        .containsExactly("0- b1");
  }

  @Test
  void change_toWhatItIs_changesNothing() {
    assertThat(begun().change(day(3), Pair::name, p -> p.named("a"))).isEqualTo(begun());
  }

  @Test
  void changeBack_joinsTheNeighbours() {
    var after =
        begun().change(day(5), Pair::name, p -> p.named("b")).mapFrom(day(5), p -> p.named("a"));
    assertThat(shown(after)).containsExactly("0- a1");
  }

  @Test
  void mapFrom_changesAllThatFollows() {
    var after = begun().change(day(5), Pair::name, p -> p.named("b")).mapFrom(day(2), p -> p.at(9));
    assertThat(shown(after)).containsExactly("0-2 a1", "2-5 a9", "5- b9");
  }

  /** Day by day the same as when each day is kept by itself. */
  @Test
  void anyChanges_areWhatTheyAreDayByDay() {
    var random = new Random(20_261_130);
    for (var round = 0; round < 500; round++) {
      var timeline = begun();
      var days = new ArrayList<>(Collections.nCopies(20, new Pair("a", 1)));
      for (var i = 0; i < 6; i++) {
        var from = random.nextInt(20);
        if (random.nextBoolean()) {
          var name = String.valueOf((char) ('a' + random.nextInt(3)));
          timeline = timeline.change(day(from), Pair::name, p -> p.named(name));
          var was = days.get(from).name();
          for (var d = from; d < 20 && days.get(d).name().equals(was); d++) {
            days.set(d, days.get(d).named(name));
          }
        } else {
          var place = random.nextInt(3);
          timeline = timeline.mapFrom(day(from), p -> p.at(place));
          for (var d = from; d < 20; d++) {
            days.set(d, days.get(d).at(place));
          }
        }
      }
      for (var d = 0; d < 20; d++) {
        assertThat(timeline.at(day(d))).as("round %d", round).contains(days.get(d));
      }
      isWhole(timeline);
    }
  }

  private static void isWhole(Timeline<Pair> timeline) {
    var spans = timeline.spans();
    for (var i = 0; i + 1 < spans.size(); i++) {
      assertThat(spans.get(i).until()).contains(spans.get(i + 1).from());
      assertThat(spans.get(i).value()).isNotEqualTo(spans.get(i + 1).value());
    }
    assertThat(spans.getLast().until()).isEqualTo(Optional.empty());
  }
}
