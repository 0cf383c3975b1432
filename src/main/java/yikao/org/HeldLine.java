package yikao.org;

/**
 * What held for a while.
 *
 * @param when from which day, and until which
 * @param why the reason that was given; may be empty
 * @param by who recorded it, and when
 * @param superseded whether better knowledge has replaced it
 */
public record HeldLine(String what, String when, String why, String by, boolean superseded) {}
