package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import yikao.attempt.Responses.Given;
import yikao.question.Response;
import yikao.scoring.Mark;

class CodecsTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "民主集中制",
          "\"引号\"",
          "反\\斜",
          "行一\n行二\t",
          "[1,2]",
          "null",
          "𠮷",
          "\u0000\u001f",
          "é\u2028");

  @Test
  void responses_encoded_asDocumented() {
    var responses =
        new Responses(
            Map.of(
                2,
                new Given(7, 1234, new Response.Written(List.of("甲", ""))),
                1,
                new Given(3, 99, new Response.Chosen(Set.of("b", "a")))));
    assertThat(ResponsesCodec.encode(responses))
        .isEqualTo("[[1,3,99,\"a b\"],[2,7,1234,[\"甲\",\"\"]]]");
    assertThat(ResponsesCodec.encode(Responses.NONE)).isEqualTo("[]");
    assertThat(ResponsesCodec.decode("[]")).isEqualTo(Responses.NONE);
  }

  @Test
  void responses_decodedFromEncoded_theSame() {
    var random = new SplittableRandom(17);
    for (var n = 0; n < 5_000; n++) {
      var byNumber = new HashMap<Integer, Given>();
      var size = random.nextInt(20);
      for (var i = 0; i < size; i++) {
        var given =
            new Given(
                random.nextInt(Integer.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                random.nextBoolean() ? chosen(random) : written(random));
        byNumber.put(1 + random.nextInt(500), given);
      }
      var responses = new Responses(byNumber);
      assertThat(ResponsesCodec.decode(ResponsesCodec.encode(responses))).isEqualTo(responses);
    }
  }

  private static Response chosen(SplittableRandom random) {
    var choices = new HashSet<String>();
    var size = random.nextInt(5);
    for (var i = 0; i < size; i++) {
      choices.add(Long.toString(random.nextLong(1L << 32), 36));
    }
    return new Response.Chosen(choices);
  }

  private static Response written(SplittableRandom random) {
    var texts = new ArrayList<String>();
    var size = random.nextInt(4);
    for (var i = 0; i < size; i++) {
      texts.add(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return new Response.Written(texts);
  }

  @Test
  void responses_with_keepsTheHigherSequence() {
    var a = new Response.Chosen(Set.of("a"));
    var first = new Given(3, 10, a);
    var responses = Responses.NONE.with(List.of(new Input(1, 3, a)), 10);
    assertThat(responses.get(1)).contains(first);
    var b = new Response.Chosen(Set.of("b"));
    assertThat(responses.with(List.of(new Input(1, 3, b)), 20)).isEqualTo(responses);
    var none = new Response.Chosen(Set.of());
    assertThat(responses.with(List.of(new Input(1, 4, none), new Input(1, 2, b)), 20).get(1))
        .contains(new Given(4, 20, none));
    assertThat(responses.get(1)).contains(first);
    assertThat(responses.response(2)).isNull();
    assertThat(Responses.NONE.byNumber()).isEmpty();
  }

  @Test
  void marks_encoded_asDocumented() {
    var marks =
        List.of(
            new Mark(new BigDecimal("2.000"), new BigDecimal("2.000"), false),
            new Mark(new BigDecimal("-0.500"), new BigDecimal("2.000"), false),
            new Mark(new BigDecimal("0.000"), new BigDecimal("5.000"), true));
    assertThat(Result.encode(marks)).isEqualTo("2.000/2.000 -0.500/2.000 0.000/5.000?");
    assertThat(Result.decode("2.000/2.000 -0.500/2.000 0.000/5.000?")).isEqualTo(marks);
  }

  @Test
  void marks_decodedFromEncoded_theSame() {
    var random = new SplittableRandom(18);
    for (var n = 0; n < 5_000; n++) {
      var marks = new ArrayList<Mark>();
      for (var i = 0; i <= random.nextInt(50); i++) {
        marks.add(
            new Mark(
                BigDecimal.valueOf(random.nextInt(-100_000, 100_000), Mark.SCALE),
                BigDecimal.valueOf(random.nextInt(100_000), Mark.SCALE),
                random.nextBoolean()));
      }
      assertThat(Result.decode(Result.encode(marks))).isEqualTo(marks);
    }
  }

  @Test
  void states_codes_thereAndBack() {
    for (var state : AttemptState.values()) {
      assertThat(AttemptState.of(state.code())).isEqualTo(state);
    }
    assertThat(AttemptState.RUNNING.isEnded()).isFalse();
    assertThat(AttemptState.SUBMITTED.isEnded()).isTrue();
    assertThat(AttemptState.EXPIRED.isEnded()).isTrue();
  }
}
