package yikao.ledger;

/**
 * Figures of one organisation itself, of one quiz, in one month.
 *
 * @param rootId the quiz; that which it was made from, where it was made for a sitting
 * @param month counted from 0 in the period; 0 where it is one quiz
 */
record Part(long organisationId, long rootId, int month, Figures figures) {}
