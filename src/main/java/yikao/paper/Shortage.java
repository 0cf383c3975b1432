package yikao.paper;

/**
 * Why a pool cannot fill a blueprint.
 *
 * @param section the section that stays short, counted from 1
 * @param missing how many questions it lacks
 */
public record Shortage(int section, int missing) {}
