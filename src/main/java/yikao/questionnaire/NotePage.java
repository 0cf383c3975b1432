package yikao.questionnaire;

import java.util.List;
import yikao.web.Page;

/**
 * The model of a page that only says something of a sheet: that it was taken, or is not any more.
 *
 * @param title of the questionnaire
 * @param good whether it is as it should be
 * @param back where the sheet is corrected; empty: nowhere
 */
public record NotePage(
    Page page, String title, String said, boolean good, List<String> more, String back) {}
