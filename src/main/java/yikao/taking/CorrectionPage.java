package yikao.taking;

import java.util.Optional;
import java.util.UUID;
import yikao.taking.QuizPage.EntryForm;
import yikao.web.Page;

/**
 * The model of the page on which one corrects name and branch of one's running attempt.
 *
 * @param title of the quiz
 * @param deadline the deadline as one reads it; absent: none
 */
public record CorrectionPage(
    Page page, UUID id, String title, Optional<String> deadline, EntryForm entry) {}
