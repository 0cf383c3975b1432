package yikao.question;

/**
 * The clause that proves a key.
 *
 * @param document the document's code in {@code question-bank/documents.yaml}
 * @param title the document's title
 * @param version which version of the document, in its own words
 * @param locator article, paragraph, section, item or date, as the document is cited: {@code 第十条}
 * @param words the few words of the clause that prove the key; … parts what stands apart
 */
public record Citation(
    String document, String title, String version, String locator, String words) {}
