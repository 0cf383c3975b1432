package yikao.attempt;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A choice as it is shown.
 *
 * @param id what a response names: the letter in this paper; to staff the identifier in the bank
 * @param label its letter in this paper
 */
@Serdeable
@Schema(name = "Choice")
public record ChoiceView(String id, String label, String text) {}
