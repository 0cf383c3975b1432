package yikao.taking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.web.Page;

/**
 * The model of a page that keeps a form which could not be taken, where the page of the form itself
 * cannot be made either.
 *
 * @param action where the form goes
 * @param fields what was sent
 * @param seconds after which it is tried again
 * @param refresh how it goes on without a script, the content of a {@code meta} element; absent
 *     where one has to press the button
 */
public record WaitingPage(
    Page page,
    String action,
    Map<String, List<String>> fields,
    long seconds,
    Optional<String> refresh) {}
