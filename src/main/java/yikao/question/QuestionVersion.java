package yikao.question;

/**
 * A question as it stood when it was published.
 *
 * @param version identifies this version among all versions of all questions; papers name it
 */
public record QuestionVersion(int version, Question question) {}
