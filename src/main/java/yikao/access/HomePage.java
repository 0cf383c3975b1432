package yikao.access;

import java.util.List;

/**
 * The model of the console's first page.
 *
 * @param roles what the one who is signed in is, and over what
 * @param due what waits
 */
public record HomePage(Console console, List<String> roles, List<ConsoleDue.Due> due) {}
