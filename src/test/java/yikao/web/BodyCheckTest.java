package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a body is named with its place, before anything is made of it. */
final class BodyCheckTest {
  private enum Kind {
    ONE,
    AND_TWO
  }

  private record Part(Integer count, Kind kind) {}

  private record Beside(String note) {}

  private record Whole(
      @JsonUnwrapped Beside beside,
      String text,
      Integer number,
      Long large,
      BigDecimal points,
      Boolean yes,
      Instant at,
      UUID id,
      Kind kind,
      Part part,
      List<Part> parts,
      List<String> names,
      Map<String, Integer> weights) {}

  private static final BodyShape.Fields SHAPE = BodyShape.of(Whole.class);

  private static boolean check(String body) {
    return BodyCheck.isPresent(SHAPE, body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> wrong(String body) {
    return Problems.errors(catchThrowableOfType(Problem.class, () -> check(body))).stream()
        .map(e -> e.field() + " " + e.code())
        .toList();
  }

  @Test
  void rightBodies_pass() {
    assertThat(
            check(
                """
                {"note":"n","text":"一\\n二","number":-7,"large":9223372036854775807,"points":8.50,
                 "yes":false,"at":"2026-12-01T09:00:00+08:00",
                 "id":"01932f6e-8a51-7c3e-9d0f-6b1f0c2a7e11","kind":"and-two",
                 "part":{"count":1,"kind":"one"},"parts":[{},{"count":2}],"names":["a","a"],
                 "weights":{"1":0,"x":5}}\
                """))
        .isTrue();
    assertThat(check("{}")).isTrue();
    assertThat(check("\ufeff{\"text\":\"😀\"}")).isTrue();
    assertThat(check("{\"text\":null,\"part\":null,\"parts\":null}")).isTrue();
  }

  @Test
  void nothing_isNotPresent() {
    assertThat(check("")).isFalse();
    assertThat(check(" \n")).isFalse();
    assertThat(check(" null ")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'more':1}|more field.unknown",
        "{'Text':'x'}|Text field.unknown",
        "{'beside':{'note':'x'}}|beside field.unknown",
        "{'part':{'cuont':1}}|part.cuont field.unknown",
        "{'parts':[{},{'cuont':1}]}|parts[1].cuont field.unknown",
        "{'a\\u0000b':1}|? field.unknown",
        "{'text':'a','text':'b'}|text field.twice",
        "{'text':null,'text':'b'}|text field.twice",
        "{'parts':[{'count':1,'count':[2]}]}|parts[0].count field.twice",
        "{'weights':{'1':1,'1':2}}|weights.1 field.twice",
        "{'text':1}|text field.text",
        "{'text':['a']}|text field.text",
        "{'text':true}|text field.text",
        "{'text':'a\\u0000'}|text text.not-storable",
        "{'text':'\\ud800'}|text text.not-storable",
        "{'text':'\\udc00\\ud800'}|text text.not-storable",
        "{'names':['a',7,'\\u0000']}|names[1] field.text;names[2] text.not-storable",
        "{'names':[null]}|names[0] missing",
        "{'names':'a'}|names field.list",
        "{'weights':{'1':null}}|weights.1 missing",
        "{'weights':{'1':1.5}}|weights.1 field.whole",
        "{'weights':{'\\u0000':1}}|weights.? text.not-storable",
        "{'weights':[]}|weights field.object",
        "{'number':1.5}|number field.whole",
        "{'number':1.0}|number field.whole",
        "{'number':1e2}|number field.whole",
        "{'number':'1'}|number field.whole",
        "{'number':true}|number field.whole",
        "{'number':2147483648}|number range",
        "{'number':99999999999999999999}|number range",
        "{'large':9223372036854775808}|large range",
        "{'points':true}|points field.number",
        "{'points':'1'}|points field.number",
        "{'points':1e999999999}|points field.digits",
        "{'points':1e-999999999}|points field.digits",
        "{'points':0e999999999}|points field.digits",
        "{'points':1e99999999999999999999}|points field.digits",
        "{'yes':1}|yes field.truth",
        "{'yes':'true'}|yes field.truth",
        "{'at':1767225600000}|at field.instant",
        "{'at':'1767225600000'}|at field.instant",
        "{'at':'2026-02-30T00:00:00Z'}|at field.instant",
        "{'at':'2026-12-01'}|at field.instant",
        "{'at':'1999-12-31T23:59:59.999Z'}|at range",
        "{'at':'2100-01-01T00:00:00.001Z'}|at range",
        "{'at':'+58882-01-01T00:00:00Z'}|at range",
        "{'at':'+1000000000-12-31T23:59:59.999999999Z'}|at range",
        "{'id':'1-1-1-1-1'}|id field.identifier",
        "{'kind':'AND_TWO'}|kind field.one-of",
        "{'kind':0}|kind field.one-of",
        "{'part':[]}|part field.object",
        "{'parts':{}}|parts field.list",
        "{'parts':[[]]}|parts[0] field.object",
        "[]|body field.object",
        "'x'|body field.object",
        "{'more':{'text':[1,{'a':2}]},'number':'x','part':{'x':[]},'points':{}}"
            + "|more field.unknown;number field.whole;part.x field.unknown;points field.number",
      })
  void wrongBodies_areNamedWithTheirPlaces(String body, String expected) {
    assertThat(wrong(body.replace('\'', '"'))).containsExactly(expected.split(";"));
  }

  @Test
  void moments_upToTheEdges_pass() {
    assertThat(check("{\"at\":\"2000-01-01T00:00:00Z\"}")).isTrue();
    assertThat(check("{\"at\":\"2100-01-01T00:00:00Z\"}")).isTrue();
  }

  @Test
  void errors_areAtMostTwenty() {
    var body =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"x%d\":%d".formatted(i, i))
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(wrong(body))
        .hasSize(20)
        .startsWith("x0 field.unknown")
        .endsWith("x19 field.unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"text\":",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\"}{}",
        "{text:1}",
        "{'text':'a'}",
        "{\"number\":01}",
        "{\"points\":NaN}",
        "{\"more\":1,}",
        "{\"\\ud800\":1}",
        "nul"
      })
  void noJson_isMalformed(String body) {
    assertThatThrownBy(() -> check(body)).hasMessage("malformed");
  }

  @Test
  void deepAndLong_isRefusedSoon() {
    for (var body :
        List.of(
            "[".repeat(100_000),
            "{\"more\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"more\":".repeat(10_000) + "1" + "}".repeat(10_000),
            "{\"number\":" + "9".repeat(100_000) + "}",
            "{\"points\":0." + "9".repeat(100_000) + "}",
            "{\"" + "n".repeat(100_000) + "\":1}")) {
      assertThatThrownBy(() -> check(body)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void brokenUtf8_isMalformed_andAnOverlongNulIsSeen() {
    var lone = bytes("{\"text\":\"", 0xc3, 0x28, "\"}");
    assertThatThrownBy(() -> BodyCheck.isPresent(SHAPE, lone)).hasMessage("malformed");
    for (var body :
        List.of(
            bytes("{\"text\":\"", 0xc0, 0x80, "\"}"),
            bytes("{\"text\":\"", 0xed, 0xa0, 0x80, "\"}"))) {
      assertThatThrownBy(() -> BodyCheck.isPresent(SHAPE, body)).isInstanceOf(Problem.class);
    }
  }

  private static byte[] bytes(Object... parts) {
    var text = new StringBuilder();
    for (var part : parts) {
      text.append(part instanceof Integer b ? (char) b.intValue() : part);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private record Unfit(Object anything) {}

  private record AlsoUnfit(List<Double> numbers) {}

  @Test
  void typesThatNoBodyMayHave_areRefusedAtOnce() {
    assertThatThrownBy(() -> BodyShape.of(Unfit.class)).hasMessageContaining("Object");
    assertThatThrownBy(() -> BodyShape.of(AlsoUnfit.class)).hasMessageContaining("Double");
  }
}
