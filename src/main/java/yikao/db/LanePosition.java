package yikao.db;

/**
 * A place in a lane.
 *
 * @param lane which
 * @param number counts up within the lane, with gaps
 */
public record LanePosition(long lane, long number) {}
