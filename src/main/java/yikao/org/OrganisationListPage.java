package yikao.org;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the page of organisations: those at the top of what somebody sees, those below one,
 * or what was found.
 *
 * @param sought what is searched; empty: nothing
 * @param under the one whose children are shown
 * @param way those above it and itself, as far as they are seen
 * @param creates whether a new one can be made here
 */
public record OrganisationListPage(
    Console console,
    String sought,
    Optional<OrganisationNode> under,
    List<OrganisationNode> way,
    OrganisationNodePage found,
    boolean creates,
    FormOffer offer,
    Draft draft) {}
