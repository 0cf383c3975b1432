package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.participant.Guests;
import yikao.web.Problem;

/** How one comes into a session. */
@Controller("/api/sittings/join")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sittings")
final class JoinApi {
  private final JoinCodes codes;
  private final Sittings sittings;
  private final Accounts accounts;
  private final Guests guests;

  JoinApi(JoinCodes codes, Sittings sittings, Accounts accounts, Guests guests) {
    this.codes = codes;
    this.sittings = sittings;
    this.accounts = accounts;
    this.guests = guests;
  }

  /** The code that the screen shows. */
  @Serdeable
  @Schema(
      name = "JoinCode",
      examples =
          """
          {"code":"382915"}\
          """)
  record CodeBody(@Nullable String code) {}

  /**
   * A session that one may come into.
   *
   * @param quiz whose attempts are started, with the code and the member chosen
   * @param branch its path
   * @param members whose name is to be chosen from
   */
  @Serdeable
  @Schema(name = "JoinedSitting")
  record JoinedView(
      String quiz, String title, String branch, Instant closesAt, List<NameView> members) {}

  /** Somebody of the branch. */
  @Serdeable
  @Schema(name = "JoinName")
  record NameView(UUID id, String name) {}

  @Post
  @Status(HttpStatus.OK)
  @Operation(
      summary = "The session of a code, with the names of its list",
      description =
          "Then POST /api/quizzes/{quiz}/attempts with"
              + " {\"join\":{\"code\",\"member\",\"digits\"}}. Wrong codes are limited.")
  JoinedView join(HttpRequest<?> request, @Body CodeBody body) {
    if (body.code() == null) {
      throw Problem.invalid("code", "missing");
    }
    var browser = Optional.ofNullable(request.getHeaders().get("Idempotency-Key")).map(guests::id);
    var sitting =
        codes
            .find(request, browser, body.code())
            .orElseThrow(() -> Problem.of(HttpStatus.FORBIDDEN, "sitting.wrong-code"));
    return new JoinedView(
        sitting.quiz(),
        sittings.quiz(sitting).title(),
        accounts.branch(sitting),
        sitting.closesAt(),
        codes.names(sitting).stream().map(n -> new NameView(n.member(), n.name())).toList());
  }
}
