package yikao.quiz;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.web.Problem;

/**
 * What there is to take on the first start: the quizzes of {@code first-quizzes.json}, and that of
 * {@code practice-quiz.json} for each area. Both are written as the API takes them.
 */
@Singleton
final class FirstQuizzes implements ApplicationEventListener<StartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuizzes.class);

  private final Quizzes quizzes;
  private final Bank bank;
  private final ObjectMapper json;

  FirstQuizzes(Quizzes quizzes, Bank bank, ObjectMapper json) {
    this.quizzes = quizzes;
    this.bank = bank;
    this.json = json;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    if (!quizzes.isEmpty()) {
      return;
    }
    try {
      json.readValue(text("/first-quizzes.json"), Argument.listOf(QuizSpec.class))
          .forEach(this::create);
      for (var area : bank.areas()) {
        create(json.readValue(practice(area), Argument.of(QuizSpec.class)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(QuizSpec spec) {
    try {
      quizzes.create(Actor.SYSTEM, spec);
    } catch (Problem e) {
      LOG.warn("no first quiz \"{}\": the bank has too few questions for it", spec.about().title());
    }
  }

  private static String practice(Area area) throws IOException {
    return text("/practice-quiz.json")
        .replace("{code}", quoted(area.code()))
        .replace("{name}", quoted(area.name()));
  }

  private static String quoted(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static String text(String resource) throws IOException {
    try (var stream = FirstQuizzes.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
