package yikao.access;

import java.util.Optional;
import yikao.web.Page;

/**
 * The model of the page where staff signs in.
 *
 * @param name as it was typed
 * @param to where to go then; empty: the first page
 * @param problem why that did not go
 */
public record SignInPage(Page page, String name, String to, Optional<String> problem) {}
