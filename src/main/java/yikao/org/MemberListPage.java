package yikao.org;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the list of members.
 *
 * @param asked what is looked for
 * @param within the organisation that the list is of; absent: all of them
 * @param tops of what somebody sees, where that are several
 * @param next the query of the next page; absent on the last one
 * @param creates whether somebody new can be put on a list
 * @param phones whether the table may have the phones
 */
public record MemberListPage(
    Console console,
    Asked asked,
    Optional<OrganisationNode> within,
    List<OrganisationNode> tops,
    List<MemberLine> rows,
    Optional<String> next,
    boolean creates,
    boolean phones,
    FormOffer offer,
    Draft draft) {
  /**
   * What is looked for: an organisation by its code, a state by its code, a name; each may be
   * empty.
   */
  public record Asked(String organisation, String state, String name) {}
}
