package yikao.sitting;

import yikao.web.Page;

/**
 * The model of the page on which one types the code.
 *
 * @param typed what was typed
 * @param problem what is wrong with it; empty: nothing
 */
public record CodePage(Page page, String typed, String problem) {}
