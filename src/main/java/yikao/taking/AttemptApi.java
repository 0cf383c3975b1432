package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptCorrections;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Begun;
import yikao.attempt.Audience;
import yikao.attempt.Credential;
import yikao.attempt.Credentials;
import yikao.attempt.ReviewView;
import yikao.attempt.Reviews;
import yikao.org.Organisations;
import yikao.participant.Guests;
import yikao.participant.ShownBranch;
import yikao.quiz.Claim;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quizzes;
import yikao.taking.Inputs.ResponseBody;
import yikao.web.Problem;

/** Attempts by their participants. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "attempts")
final class AttemptApi {
  private static final String DEADLINE = "Yikao-Deadline";

  private final Attempts attempts;
  private final AttemptJson json;
  private final Reviews reviews;
  private final Credentials credentials;
  private final Quizzes quizzes;
  private final Starts starts;
  private final AttemptCorrections corrections;
  private final Guests guests;
  private final Organisations organisations;

  AttemptApi(
      Attempts attempts,
      AttemptJson json,
      Reviews reviews,
      Credentials credentials,
      Quizzes quizzes,
      Starts starts,
      AttemptCorrections corrections,
      Guests guests,
      Organisations organisations) {
    this.attempts = attempts;
    this.json = json;
    this.reviews = reviews;
    this.credentials = credentials;
    this.quizzes = quizzes;
    this.starts = starts;
    this.corrections = corrections;
    this.guests = guests;
    this.organisations = organisations;
  }

  /**
   * Who starts.
   *
   * @param participant a guest or a member, by name and branch
   * @param join in a session of a branch, instead
   */
  @Serdeable
  @Schema(
      name = "Start",
      examples =
          """
          {"participant":{"name":"王小明","branch":"第一支部"}}\
          """)
  record StartBody(@Nullable ClaimBody participant, @Nullable JoinBody join) {}

  /**
   * Who starts in a session of a branch.
   *
   * @param code that the screen shows
   * @param member who one is, of the names that the code opens
   * @param digits the last four of the member's phone, where an answer asked for them
   */
  @Serdeable
  @Schema(name = "JoinClaim")
  record JoinBody(@Nullable String code, @Nullable UUID member, @Nullable String digits) {}

  /**
   * Who starts: a guest, or a member of the quiz's roster.
   *
   * @param branch where there is a list, code, name or path of a branch, or the end of a path that
   *     one alone has; otherwise any text
   * @param digits the last four of a member's phone, where an answer asked for them
   */
  @Serdeable
  @Schema(name = "Claim")
  record ClaimBody(@Nullable String name, @Nullable String branch, @Nullable String digits) {}

  /**
   * A guest.
   *
   * @param branch as in a claim
   */
  @Serdeable
  @Schema(name = "Participant")
  record ParticipantBody(@Nullable String name, @Nullable String branch) {}

  /** The responses to keep on submission; what it leaves out keeps what was saved. */
  @Serdeable
  @Schema(
      name = "Submission",
      examples =
          """
          {"responses":[{"number":1,"sequence":9,"choices":["B"]},{"number":2,"sequence":3,"text":["三分之二"]}]}\
          """)
  record SubmissionBody(@Nullable List<ResponseBody> responses) {}

  @Post("/quizzes/{quiz}/attempts")
  @Operation(
      summary = "Starts an attempt, or gives back the running one with a fresh token",
      description =
          "The header Idempotency-Key, a secret that the client makes at random, stands for the"
              + " guest: the same key is the same participant. A UUID of version 4 or 7, or at least"
              + " 128 random bits as base64url (22 to 200 characters) or hexadecimal (from 32); what"
              + " can be guessed is refused with 422. In a quiz for members it stands for the phone:"
              + " with another one a member gives the last four digits of the phone number on"
              + " record, after which the token given before is dead. The ids of choices are the attempt's own, and"
              + " mean something else in another.")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AttemptView.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The running attempt",
      content = @Content(schema = @Schema(implementation = AttemptView.class)))
  HttpResponse<byte[]> start(HttpRequest<?> request, String quiz, @Body StartBody body) {
    var secret = Guests.idempotencyKey(request);
    var begun = begun(request, quiz, claim(secret, body));
    return HttpResponse.<byte[]>status(begun.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(json.write(begun.open(), begun.token(), Audience.PARTICIPANT));
  }

  private Begun begun(HttpRequest<?> request, String quiz, Claim claim) {
    try {
      return starts.start(request, quizzes.get(quiz), claim);
    } catch (Problem e) {
      throw claim instanceof Claim.Joined ? e.renamed("participant.", "join.") : e;
    }
  }

  private static Claim claim(String secret, StartBody body) {
    var join = body.join();
    if (join != null) {
      if (join.member() == null) {
        throw Problem.invalid("join.member", "missing");
      }
      return new Claim.Joined(secret, orEmpty(join.code()), join.member(), orEmpty(join.digits()));
    }
    var participant = body.participant();
    if (participant == null) {
      throw Problem.invalid("participant", "missing");
    }
    return new Claim.Named(
        secret,
        orEmpty(participant.name()),
        orEmpty(participant.branch()),
        orEmpty(participant.digits()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Get("/attempts/{id}")
  @Operation(summary = "An attempt, to resume it")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AttemptView.class)))
  byte[] get(HttpRequest<?> request, UUID id) {
    var credential = credentials.of(request);
    return json.write(attempts.get(id, credential), null, credential.audience());
  }

  @Put("/attempts/{id}/responses/{number}")
  @Operation(
      summary = "Saves one response; 204 means that it is stored",
      description =
          "The header Yikao-Deadline of the answer says when the attempt ends as things are now,"
              + " where it has a deadline: it may have moved. A 409 response-stale holds what is"
              + " stored instead, in stored.")
  @ApiResponse(responseCode = "204")
  HttpResponse<?> save(HttpRequest<?> request, UUID id, int number, @Body ResponseBody body) {
    var credential = credentials.of(request);
    var paper = attempts.toAnswer(id, credential);
    var deadline = attempts.save(paper, credential, List.of(Inputs.one(paper, number, body)));
    var stored = HttpResponse.noContent();
    deadline.ifPresent(d -> stored.header(DEADLINE, d.toString()));
    return stored;
  }

  @Put("/attempts/{id}/participant")
  @Operation(
      summary = "Corrects the own name and branch while the attempt runs",
      description =
          "Answers with both as they are read from now on. At most 20 times; 409"
              + " correction.too-many after that.")
  ParticipantBody correct(HttpRequest<?> request, UUID id, @Body ParticipantBody body) {
    var open =
        corrections.own(
            id,
            credentials.of(request),
            p -> guests.named(p.id(), orEmpty(body.name()), orEmpty(body.branch()), ""));
    var by = open.attempt().takenBy();
    return new ParticipantBody(by.name(), ShownBranch.of(by.branch(), organisations.tree()).name());
  }

  @Post("/attempts/{id}/submission")
  @Operation(
      summary = "Hands in; again gives the same receipt",
      description =
          "A 409 response-stale holds in stored what is stored instead of the responses that are no"
              + " newer; nothing of the body was stored then, and the attempt runs on.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ReceiptView.class)))
  byte[] submit(HttpRequest<?> request, UUID id, @Body @Nullable SubmissionBody body) {
    var responses =
        body == null || body.responses() == null ? List.<ResponseBody>of() : body.responses();
    var credential = credentials.of(request);
    var paper = attempts.toAnswer(id, credential);
    var open = attempts.submit(paper, credential, Inputs.all(paper, responses));
    return json.write(ReceiptView.of(reviews.atMost(open, What.SCORE)));
  }

  @Get("/attempts/{id}/review")
  @Operation(summary = "An ended attempt, as far as the quiz shows it")
  ReviewView review(HttpRequest<?> request, UUID id) {
    var credential = credentials.of(request);
    var open = attempts.get(id, credential);
    return credential instanceof Credential.Staff ? reviews.whole(open) : reviews.of(open);
  }
}
