package yikao.taking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.web.Page;

/**
 * The model of the page before handing in.
 *
 * @param unanswered numbers of the questions without a saved answer
 * @param problem why it could not be handed in
 */
public record CheckPage(
    Page page,
    UUID id,
    String title,
    Instant now,
    Optional<Instant> deadline,
    Optional<String> deadlineText,
    int questions,
    List<Integer> unanswered,
    Optional<String> problem) {}
