package yikao.sitting;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as staff sees it.
 *
 * @param organisation code of the branch
 * @param path the names from the top down to it
 * @param quiz code of the quiz that was made for it
 * @param code by which one comes in; absent once it has ended
 * @param closesAt when it ends, or has ended
 * @param confirmedAt absent until its account was confirmed
 * @param version to be named by whoever changes it
 */
@Serdeable
@Schema(name = "Sitting")
record SittingView(
    UUID id,
    String organisation,
    String path,
    String title,
    String quiz,
    @Nullable String code,
    String host,
    String place,
    Instant openedAt,
    Instant closesAt,
    @Nullable Instant endedAt,
    @Nullable Instant confirmedAt,
    int version) {}
