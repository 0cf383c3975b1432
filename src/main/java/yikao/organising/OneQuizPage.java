package yikao.organising;

import java.util.List;
import yikao.access.AuditHistory;
import yikao.access.Console;

/**
 * The model of the page of one quiz.
 *
 * @param whose the organisation that it is of
 * @param state where it is in its time, in words
 * @param rules what participants are told of it
 * @param counts how far it has come
 * @param places about this quiz that are elsewhere
 * @param log what staff did to it, the last first
 */
public record OneQuizPage(
    Console console,
    String description,
    String whose,
    String state,
    boolean listed,
    List<Line> rules,
    List<Line> counts,
    List<Place> places,
    List<AuditHistory.DoneLine> log) {

  /** Something that is said of it. */
  public record Line(String name, String text) {}

  /** Where a link leads. */
  public record Place(String href, String text) {}
}
