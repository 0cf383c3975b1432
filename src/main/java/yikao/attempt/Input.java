package yikao.attempt;

import yikao.question.Response;

/**
 * A response to one question, as it is received.
 *
 * @param number of the question, counted from 1
 * @param sequence the client's count; a lower one never overwrites a higher one
 */
public record Input(int number, int sequence, Response response) {}
