package yikao.sitting;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a session stands. Nothing in it could hold a key or a score.
 *
 * @param position names this state; another state has another
 * @param now the server's time
 * @param phase {@code open}, {@code collecting} when its time is over, {@code ended} when everybody
 *     has handed in
 * @param expected how many should take part
 * @param cameIn how many have begun
 * @param answering how many of them have not handed in yet
 * @param handedIn how many have
 * @param silent how many of those who answer were not heard of for a minute
 * @param questions of a paper
 * @param people by name
 */
@Serdeable
@Schema(name = "SittingState")
public record StateView(
    String position,
    Instant now,
    Instant closesAt,
    String phase,
    int expected,
    int cameIn,
    int answering,
    int handedIn,
    int silent,
    int questions,
    List<Person> people) {

  /**
   * Somebody who should take part.
   *
   * @param name empty where the person was erased
   * @param state {@code not-yet}, {@code answering}, {@code silent}, {@code on-paper} or {@code
   *     handed-in}
   * @param answered how many questions
   */
  @Serdeable
  @Schema(name = "SittingPerson")
  public record Person(UUID id, String name, String state, int answered) {
    /** Whether the person has begun. */
    public boolean isIn() {
      return !state.equals("not-yet");
    }
  }
}
