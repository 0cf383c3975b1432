package yikao.org;

import java.util.List;

/**
 * What the forms of a page offer.
 *
 * @param organisations to choose from by code; none where there are too many
 * @param today the last day that may be given
 */
public record FormOffer(
    List<Draft.Choice> kinds,
    List<Draft.Choice> states,
    List<Draft.Choice> organisations,
    String today) {}
