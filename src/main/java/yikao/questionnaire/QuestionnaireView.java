package yikao.questionnaire;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A questionnaire, as the API writes it for staff.
 *
 * @param organisation code of whose members, with those below, are asked
 * @param state draft, open, counting or closed
 * @param digits whether everybody proves by the last digits of the phone who it is
 * @param given sheets given out
 * @param returned sheets that have come back
 */
@Serdeable
@Schema(name = "Questionnaire")
record QuestionnaireView(
    UUID id,
    String organisation,
    String title,
    String purpose,
    String state,
    boolean anonymous,
    boolean digits,
    List<SheetQuestion> questions,
    @Nullable Instant openedAt,
    @Nullable Instant closesAt,
    @Nullable Instant closedAt,
    int given,
    int returned,
    int version) {}
