package yikao.org;

import java.util.List;
import java.util.Optional;
import yikao.web.Page;

/**
 * The model of the privacy notice.
 *
 * @param operator who runs the service; absent where that was not filled in
 * @param more what the operator adds
 */
public record PrivacyPage(
    Page page,
    Optional<String> operator,
    Optional<String> contact,
    List<String> kept,
    Optional<String> more) {}
