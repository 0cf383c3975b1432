package yikao.org;

import java.util.List;
import java.util.Optional;
import yikao.access.AuditHistory;
import yikao.access.Console;

/**
 * The model of the page of one member.
 *
 * @param since when the person was put on a list
 * @param phone where it was asked for
 * @param kept how many days one who has left is kept; 0: until somebody erases the person
 * @param edits whether somebody may change it
 * @param phones whether somebody may see the phone
 */
public record MemberPage(
    Console console,
    MemberLine person,
    String since,
    Optional<String> phone,
    long kept,
    boolean edits,
    boolean phones,
    List<HeldLine> history,
    List<AuditHistory.DoneLine> log,
    FormOffer offer,
    Draft draft) {}
