/*
 * The clock of an attempt: the server's time, counted on by a clock that nobody can set. Pure: the
 * time of that clock is an argument, in milliseconds.
 *
 * deadline  the server's time at which the attempt ends; 0 for none
 * grace     how long after it a submission still counts
 * offset    what to add to the page's clock to get the server's
 */

/** Where the server gives no time after the deadline, the page hands in so long before it. */
const LEAD = 2000;
const ENOUGH_GRACE = 3000;

/**
 * How often a page looks whether to ask how late it is. An end that comes earlier is put a minute
 * ahead at least: a page that is shown asks after 35 s of silence at the latest, and has heard of it
 * in time where the answer gets through.
 */
const LOOK_EVERY = 5000;
const ASK_AFTER = 30000;

/** Where the people of one room take a quiz it may end without notice, which is seen within a second. */
const PROMPT_EVERY = 800;
const PROMPT_AFTER = 500;

/** What two looks at a clock may differ by. */
const TOLERANCE = 1000;

/** A clock by what the server said at a time of the page's clock. */
export function clock(now, deadline, grace, at) {
  return {deadline, grace, offset: now - at};
}

/** Sets a clock by an answer that was asked for and came at these times. */
export function set(clock, now, deadline, asked, came) {
  return {...clock, deadline, offset: now - (asked + came) / 2};
}

/** Sets another end. */
export function endingAt(clock, deadline) {
  return {...clock, deadline};
}

/** Milliseconds until the deadline; negative after it. */
export function remaining(clock, at) {
  return clock.deadline - (at + clock.offset);
}

/** Whole seconds to show. */
export function seconds(clock, at) {
  return Math.max(0, Math.ceil(remaining(clock, at) / 1000));
}

function lead(clock) {
  return clock.grace >= ENOUGH_GRACE ? 0 : LEAD;
}

/** Whether the deadline hands in. */
export function isDue(clock, at) {
  return clock.deadline > 0 && remaining(clock, at) <= lead(clock);
}

/** Whether there is time to answer. */
export function hasTime(clock, at) {
  return !clock.deadline || remaining(clock, at) > lead(clock) + TOLERANCE;
}

/** When to look again: as the next second begins. */
export function untilNextSecond(clock, at) {
  const millis = remaining(clock, at);
  return Math.max(50, millis > 0 ? millis % 1000 || 1000 : 1000);
}

/** How often to look whether to ask. */
export function lookEvery(prompt) {
  return prompt ? PROMPT_EVERY : LOOK_EVERY;
}

/** Whether to ask, as the server last said something, or was last asked, at a time. */
export function isToAsk(heard, at, prompt) {
  return at - heard > (prompt ? PROMPT_AFTER : ASK_AFTER);
}

/** How long to wait for the server's time, so that asking does not use up the grace. */
export function patience(clock, at, most) {
  const rest = remaining(clock, at) + clock.grace;
  return rest > 0 ? Math.min(most, Math.max(500, rest / 2)) : most;
}

/** Which of the last minutes has begun and is to be said: 5, 1, or 0 for none. */
export function minuteToSay(said, seconds) {
  return [5, 1].find((m) => !said.includes(m) && seconds <= m * 60 && seconds > (m - 1) * 60) || 0;
}

/** Whether so many minutes are left, as one says it. */
export function isAbout(minutes, seconds) {
  return seconds > minutes * 60 - 10;
}

/** 4:05, or 1:04:05. */
export function text(seconds) {
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return (h ? h + ':' + two(m) : m) + ':' + two(seconds % 60);
}

function two(n) {
  return (n < 10 ? '0' : '') + n;
}
