package yikao.org;

/** What somebody did. */
public record DoneLine(String what, String by) {}
