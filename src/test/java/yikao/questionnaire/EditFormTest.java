package yikao.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.questionnaire.EditForm.Field;

/** The buttons for questions of a draft. */
final class EditFormTest {
  private static final EditForm FORM =
      new EditForm(
          "t",
          "",
          true,
          false,
          List.of(
              Field.fresh(QuestionKind.SINGLE),
              Field.fresh(QuestionKind.SCALE),
              Field.fresh(QuestionKind.TEXT)),
          true,
          Map.of());

  private static List<QuestionKind> after(String pressed) {
    return FORM.pressed(pressed).orElseThrow().questions().stream().map(Field::kind).toList();
  }

  @Test
  void buttons_addMoveAndRemove() {
    assertThat(after("add-multiple"))
        .containsExactly(
            QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.TEXT, QuestionKind.MULTIPLE);
    assertThat(after("up-2"))
        .containsExactly(QuestionKind.SINGLE, QuestionKind.TEXT, QuestionKind.SCALE);
    assertThat(after("remove-0")).containsExactly(QuestionKind.SCALE, QuestionKind.TEXT);
  }

  @Test
  void whatIsNoButton_changesNothing() {
    assertThat(FORM.pressed("save")).isEmpty();
    assertThat(after("up-0")).hasSize(3).startsWith(QuestionKind.SINGLE);
    assertThat(after("remove-9")).hasSize(3);
    assertThat(after("add-nothing")).hasSize(3);
  }
}
