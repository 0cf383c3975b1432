package yikao.org;

import java.util.List;
import java.util.Optional;

/**
 * Some of a list.
 *
 * @param next after which code, as a part of an address, the next page begins; absent on the last
 *     one
 */
public record OrganisationNodePage(List<OrganisationNode> rows, Optional<String> next) {}
