package yikao.questionnaire;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import yikao.web.EnumSerde;

/** How a question of a questionnaire is answered. */
public enum QuestionKind {
  /** One of the choices. */
  SINGLE,
  /** Any of the choices. */
  MULTIPLE,
  /** A whole number between two ends. */
  SCALE,
  /** In one's own words. */
  TEXT;

  /** The name in the API, in forms, and in the keys of texts. */
  public String code() {
    return EnumSerde.word(this);
  }

  static Optional<QuestionKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** Whether one answers by choosing. */
  public boolean hasChoices() {
    return this == SINGLE || this == MULTIPLE;
  }

  @Singleton
  static final class Words extends EnumSerde<QuestionKind> {
    Words() {
      super(QuestionKind.values());
    }
  }
}
