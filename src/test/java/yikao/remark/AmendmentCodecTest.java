package yikao.remark;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.serde.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import yikao.scoring.Amendment;

/** Amendments as they are stored, and read again. */
final class AmendmentCodecTest {
  private static final String QUESTION = "07-branch-001";
  private final AmendmentCodec codec = new AmendmentCodec(ObjectMapper.getDefault());

  static List<Amendment> amendments() {
    return List.of(
        new Amendment.Voided(QUESTION, true),
        new Amendment.Voided(QUESTION, false),
        new Amendment.AcceptedChoices(QUESTION, Set.of("县级以上")),
        new Amendment.AcceptedChoices(QUESTION, Set.of("丙", "甲", "“乙”")),
        new Amendment.AcceptedIdentifiers(QUESTION, Set.of("c", "a", "b")),
        new Amendment.AcceptedText(QUESTION, 0, "三分之二"),
        new Amendment.AcceptedText(QUESTION, 3, "“引号”\"\\\n𠮷"));
  }

  @ParameterizedTest
  @MethodSource("amendments")
  void amendment_isTheSameAfterItWasStored(Amendment amendment) {
    assertThat(codec.decode(QUESTION, codec.encode(amendment))).isEqualTo(amendment);
  }

  /** Stored rows of earlier releases are read by these forms. */
  @Test
  void forms_areThoseThatAreStored() {
    assertThat(codec.decode(QUESTION, "{\"fullPoints\":true}"))
        .isEqualTo(new Amendment.Voided(QUESTION, true));
    assertThat(codec.decode(QUESTION, "{\"fullPoints\":false}"))
        .isEqualTo(new Amendment.Voided(QUESTION, false));
    assertThat(codec.decode(QUESTION, "{\"choices\":[\"b\",\"a\"]}"))
        .isEqualTo(new Amendment.AcceptedIdentifiers(QUESTION, Set.of("a", "b")));
    assertThat(codec.decode(QUESTION, "{\"statements\":[\"乙\",\"甲\"]}"))
        .isEqualTo(new Amendment.AcceptedChoices(QUESTION, Set.of("甲", "乙")));
    assertThat(codec.decode(QUESTION, "{\"blank\":1,\"text\":\"过半数\"}"))
        .isEqualTo(new Amendment.AcceptedText(QUESTION, 1, "过半数"));
  }

  @Test
  void choices_areStoredInOneOrder() {
    var one = new Amendment.AcceptedChoices(QUESTION, new LinkedHashSet<>(List.of("b", "a")));
    var other = new Amendment.AcceptedChoices(QUESTION, new LinkedHashSet<>(List.of("a", "b")));
    assertThat(codec.encode(one)).isEqualTo(codec.encode(other)).contains("[\"a\",\"b\"]");
  }
}
