package yikao.org;

import java.util.List;
import yikao.access.AuditHistory;
import yikao.access.Console;

/**
 * The model of the page of one organisation.
 *
 * @param way those above it, as far as they are seen
 * @param version of it as it is shown
 * @param members how many belong to it alone
 * @param membersBelow how many belong to it and those below it
 * @param edits whether somebody may change it
 * @param people who may go to a new one when it is split; none where they are too many to choose
 */
public record OrganisationPage(
    Console console,
    OrganisationNode organisation,
    String path,
    List<OrganisationNode> way,
    int version,
    String kindCode,
    OrganisationNodePage below,
    int members,
    int membersBelow,
    List<HeldLine> history,
    List<AuditHistory.DoneLine> log,
    boolean edits,
    List<Draft.Choice> people,
    FormOffer offer,
    Draft draft) {}
