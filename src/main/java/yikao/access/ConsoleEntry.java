package yikao.access;

/** A place of the console that stands in its navigation. Each feature brings its own. */
public interface ConsoleEntry {
  /** Where it stands among the others, the smallest first. */
  int order();

  /** Its address. */
  String path();

  /** The key of its name. */
  String text();

  /** Whether somebody has anything to do there. */
  boolean isFor(Staff staff);
}
