package yikao.taking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micronaut.serde.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.AttemptState;
import yikao.attempt.Attempts.Open;
import yikao.attempt.AttemptsForTests;
import yikao.attempt.Audience;
import yikao.attempt.ChoiceView;
import yikao.attempt.Input;
import yikao.question.Choice;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.Response;
import yikao.taking.AttemptView.QuestionView;

/** The bytes of an attempt are what its described type says, whatever stands in the questions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptJsonTest {
  private final AttemptJson json = new AttemptJson();
  private TestService service;
  private ObjectMapper mapper;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of());
    mapper = service.context().getBean(ObjectMapper.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private AttemptView read(AttemptPaper paper, Attempt attempt, @Nullable String token) {
    return read(paper, attempt, token, Audience.PARTICIPANT);
  }

  private AttemptView read(
      AttemptPaper paper, Attempt attempt, @Nullable String token, Audience audience) {
    try {
      var open = new Open(paper, attempt, AttemptsForTests.at(1, 0));
      var bytes = json.write(open, token, audience);
      return mapper.readValue(bytes, AttemptView.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void running_hasEverythingItsViewNames() {
    var paper = AttemptsForTests.paper();
    var answered =
        AttemptsForTests.answered(
            new Input(1, 3, new Response.Chosen(Set.of("b", "a"))),
            new Input(4, 9, new Response.Written(List.of("一\n\"二\""))));
    var view = read(paper, answered, "token");
    assertThat(view.id()).isEqualTo(AttemptsForTests.ID);
    assertThat(view.token()).isEqualTo("token");
    assertThat(view.quiz()).isEqualTo("code");
    assertThat(view.title()).isEqualTo("测验");
    assertThat(view.number()).isEqualTo(1);
    assertThat(view.state()).isEqualTo(AttemptState.RUNNING);
    assertThat(view.now()).isEqualTo(AttemptsForTests.at(1, 0));
    assertThat(view.startedAt()).isEqualTo(AttemptsForTests.START);
    assertThat(view.deadline()).isEqualTo(AttemptsForTests.DEADLINE);
    assertThat(view.endedAt()).isNull();
    assertThat(view.maxScore()).isEqualByComparingTo("10");
    assertThat(view.saved())
        .containsExactly(
            new AttemptView.SavedView(1, 3, List.of("B", "C"), null),
            new AttemptView.SavedView(4, 9, null, List.of("一\n\"二\"")));
    assertThat(view.questions()).isEqualTo(AttemptView.questions(paper, Audience.PARTICIPANT));
  }

  @Test
  void running_staffSeesTheIdentifiersOfTheBank() {
    var paper = AttemptsForTests.paper();
    var answered =
        AttemptsForTests.answered(
            new Input(1, 3, new Response.Chosen(Set.of("b", "a"))),
            new Input(2, 1, new Response.Chosen(Set.of("c"))));
    var view = read(paper, answered, null, Audience.STAFF);
    assertThat(view.saved())
        .containsExactly(
            new AttemptView.SavedView(1, 3, List.of("a", "b"), null),
            new AttemptView.SavedView(2, 1, List.of("c"), null));
    assertThat(view.questions()).isEqualTo(AttemptView.questions(paper, Audience.STAFF));
    assertThat(view.questions().getFirst().choices())
        .extracting(ChoiceView::id, ChoiceView::label)
        .containsExactly(tuple("c", "A"), tuple("a", "B"), tuple("b", "C"));
  }

  @Test
  void ended_hasNoQuestions() {
    var view = read(AttemptsForTests.paper(), AttemptsForTests.submitted(), null);
    assertThat(view.token()).isNull();
    assertThat(view.state()).isEqualTo(AttemptState.SUBMITTED);
    assertThat(view.endedAt()).isEqualTo(AttemptsForTests.at(2, 0));
    assertThat(view.questions()).isNull();
    assertThat(view.saved()).isNull();
  }

  @Test
  void withoutDeadline_hasNone() {
    assertThat(read(AttemptsForTests.paper(), AttemptsForTests.running(Optional.empty()), null))
        .extracting(AttemptView::deadline)
        .isNull();
  }

  @Test
  void question_isWrittenAsItsViewIs_whateverItsText() throws IOException {
    var texts = List.of("引“号”\"与\\反斜", "行\n制表\t\u0001", "𠮷\u2028</script>", "A");
    var choices = new ArrayList<Choice>();
    texts.forEach(t -> choices.add(new Choice("c" + choices.size(), t, false)));
    var order = List.of(2, 0, 3, 1);
    for (var text : texts) {
      var plain = Questions.choosing(QuestionType.MULTIPLE, "q", "a", 1, choices, Set.of("c0"));
      var question =
          new Question("q", plain.type(), "a", 1, text, choices, plain.key(), "", plain.citation());
      var out = new ByteArrayOutputStream();
      try (var generator = QuestionJson.JSON.createGenerator(out)) {
        QuestionJson.of(question)
            .write(generator, 12, new BigDecimal("2.50"), order, Audience.PARTICIPANT);
      }
      assertThat(mapper.readValue(out.toByteArray(), QuestionView.class))
          .isEqualTo(
              new QuestionView(
                  12,
                  QuestionType.MULTIPLE,
                  text,
                  new BigDecimal("2.50"),
                  0,
                  List.of(
                      new ChoiceView("A", "A", texts.get(2)),
                      new ChoiceView("B", "B", texts.get(0)),
                      new ChoiceView("C", "C", texts.get(3)),
                      new ChoiceView("D", "D", texts.get(1)))));
    }
  }

  @Test
  void receipt_isWrittenAsItsViewIs() throws IOException {
    var at = AttemptsForTests.at(5, 250);
    var shown =
        new ReceiptView(
            "0123456789",
            AttemptState.SUBMITTED,
            at,
            12_345,
            new BigDecimal("92.5"),
            BigDecimal.valueOf(100),
            true);
    var hidden =
        new ReceiptView(
            "0123456789", AttemptState.EXPIRED, at, 0, null, BigDecimal.valueOf(100), null);
    for (var receipt : List.of(shown, hidden)) {
      assertThat(json.write(receipt)).asString().isEqualTo(mapper.writeValueAsString(receipt));
    }
  }
}
