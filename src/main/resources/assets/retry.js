/*
 * When to try again after something did not get through. Pure: time and chance are arguments.
 *
 * failures   how many in a row
 * notBefore  when the next may be sent, by the same clock as the times given
 * told       the server said when to come again
 * cutOff     the last one did not get through
 */

const MOST_MILLIS = 30000;

export const CALM = {failures: 0, notBefore: 0, told: false, cutOff: false};

/**
 * One more has failed: waits longer after each, never as long as the others do, and at least as long
 * as the server said, in seconds; 0 where it said nothing.
 */
export function failed(retry, at, retryAfter, chance) {
  const most = Math.min(MOST_MILLIS, 1000 * Math.pow(2, retry.failures));
  const own = most / 2 + (chance() * most) / 2;
  const told = retryAfter > 0;
  const wait = told ? Math.max(own, retryAfter * 1000 * (1 + chance() * 0.3)) : own;
  return {failures: retry.failures + 1, notBefore: at + wait, told, cutOff: true};
}

/** Something else begins, which has not failed yet. */
export function begunAnew(retry) {
  return {...retry, failures: 0};
}

/** The page woke, or the network is back: waits no longer, unless the server said so. */
export function awake(retry) {
  return retry.told ? retry : {...retry, notBefore: 0};
}

/** How long to wait still. */
export function waitAt(retry, at) {
  return Math.max(0, retry.notBefore - at);
}
