package yikao.sitting;

import java.util.Optional;
import yikao.access.Console;

/**
 * The model of one question on the screen.
 *
 * @param right absent until it is marked
 * @param version that is seen
 * @param marks whether the reader may mark it
 * @param next of those asked together
 */
public record SpotPage(
    Console console,
    String id,
    String organisation,
    AskedQuestion question,
    Optional<Boolean> right,
    int version,
    boolean marks,
    Optional<String> next,
    Optional<String> problem) {}
