package yikao.attempt;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import yikao.attempt.Responses.Given;
import yikao.question.Response;
import yikao.web.Problem;

/** What callers are told of refusals. */
final class Refusals {
  private Refusals() {}

  /**
   * What its participant is told.
   *
   * @param paper of the attempt; absent where there is none yet
   */
  static Problem problem(Refusal refusal, Optional<AttemptPaper> paper) {
    return switch (refusal) {
      case Refusal.NotOpen(var opens) -> Problem.conflict("quiz-not-open", opens.toString());
      case Refusal.Closed(var closed) -> Problem.conflict("quiz-closed", closed.toString());
      case Refusal.NoNewStarts(var since) -> Problem.conflict("no-new-starts", since.toString());
      case Refusal.NoTriesLeft(var tries) -> Problem.conflict("no-tries-left", tries);
      case Refusal.OtherDevice() -> Problem.invalid("participant.digits", "member.other-device");
      case Refusal.OnPaper() -> Problem.conflict("attempt.on-paper");
      case Refusal.OnPhone() -> Problem.conflict("attempt.on-phone");
      case Refusal.NotOnPaper() -> Problem.conflict("attempt.not-on-paper");
      case Refusal.Ended() -> Problem.conflict("attempt-ended");
      case Refusal.Stale(var stored) ->
          Problem.differs("response-stale", stored(stored, paper.orElseThrow()));
      case Refusal.TooLate() -> Problem.conflict("too-late");
      case Refusal.TooEarly(var left) ->
          // in whole seconds, none of which is too few
          Problem.retryLater(HttpStatus.CONFLICT, "too-early", left.plusMillis(999));
    };
  }

  private static List<Map<String, Object>> stored(Map<Integer, Given> stored, AttemptPaper paper) {
    return new TreeMap<>(stored)
        .entrySet().stream().map(e -> stored(e.getKey(), e.getValue(), paper)).toList();
  }

  private static Map<String, Object> stored(int number, Given given, AttemptPaper paper) {
    return switch (given.response()) {
      case Response.Chosen(var choices) ->
          Map.of(
              "number",
              number,
              "sequence",
              given.sequence(),
              "choices",
              paper.choices(number).names(choices, Audience.PARTICIPANT));
      case Response.Written(var texts) ->
          Map.of("number", number, "sequence", given.sequence(), "text", texts);
    };
  }

  /**
   * Lets those pass who may see an attempt.
   *
   * @throws Problem {@code not-yours}
   */
  static void requireOpen(Credential credential, Attempt attempt) {
    if (!credential.opens(attempt.tokenHash(), attempt.participantId())) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
  }
}
