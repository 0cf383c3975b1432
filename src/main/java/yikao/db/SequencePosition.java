package yikao.db;

/**
 * A place in a {@link CommitSequence}.
 *
 * @param sequence which
 * @param number counts up within the sequence, with gaps
 */
public record SequencePosition(long sequence, long number) {}
