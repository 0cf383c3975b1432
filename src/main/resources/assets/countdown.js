/*
 * The clock in the page: what is left is shown each second, the last minutes are said, and the server
 * is asked how late it is. clock.js counts.
 */

import * as clocks from './clock.js';
import {one} from './dom.js';
import {linkTo} from './panels.js';
import {request, TIMEOUT} from './server.js';

const SOON_SECONDS = 300;
const MOST_LINKS = 10;

/**
 * The countdown of an attempt.
 *
 * on.isOver  whether the attempt has ended
 * on.due     called each second once the deadline hands in
 */
export function openCountdown(page, id, paper, say, on) {
  const left = one('[data-left]', page);
  const {now, deadline, grace} = page.dataset;
  let clock = clocks.clock(Number(now), Number(deadline) || 0, Number(grace) || 0, responseStart());
  let minutesSaid = [];
  let ticking = 0;

  function tick() {
    clearTimeout(ticking);
    if (!clock.deadline || !left || on.isOver()) {
      return;
    }
    const at = performance.now();
    show(clocks.seconds(clock, at));
    if (clocks.isDue(clock, at)) {
      on.due();
    }
    ticking = setTimeout(tick, clocks.untilNextSecond(clock, at));
  }

  function show(seconds) {
    left.textContent = say('left', clocks.text(seconds));
    left.parentNode.classList.toggle('soon', seconds <= SOON_SECONDS);
    const minute = clocks.minuteToSay(minutesSaid, seconds);
    if (minute) {
      minutesSaid = minutesSaid.concat(minute);
      sayMinute(minute, seconds);
    }
  }

  function sayMinute(minute, seconds) {
    const time = clocks.isAbout(minute, seconds) ? say('minutes', minute) : clocks.text(seconds);
    const missing = paper.unanswered();
    announce(missing.length ? say('time-left-missing', time, missing.length) : say('time-left', time), missing);
  }

  /** Says a text aloud and shows it, with links to questions. */
  function announce(text, numbers) {
    one('[data-announce]', page).textContent = text;
    remind(text, numbers);
  }

  function remind(text, numbers) {
    const reminder = one('[data-reminder]', page);
    reminder.textContent = text;
    numbers.slice(0, MOST_LINKS).forEach((number) => reminder.appendChild(linkTo(number)));
  }

  /** Sets the clock by the server's, and says how the attempt stands; null where there is no answer. */
  function ask(timeout) {
    const asked = performance.now();
    return request('GET', '/attempts/' + id + '/clock', undefined, {timeout}).then((answer) =>
      answer.status === 200 ? set(answer.json, asked, performance.now()) : null);
  }

  function set(answer, asked, came) {
    const deadline = answer.deadline ? Date.parse(answer.deadline) : 0;
    const known = clock.deadline;
    clock = clocks.set(clock, Date.parse(answer.now), deadline, asked, came);
    moved(known, deadline);
    return {ended: answer.ended, hasTime: clocks.hasTime(clock, came)};
  }

  /** Says that the end has moved. A page that was made without a clock is made again with one. */
  function moved(known, deadline) {
    if (deadline && !known) {
      location.reload();
    } else if (known && (!deadline || deadline > known)) {
      minutesSaid = [];
      remind('', []);
    } else if (deadline < known) {
      announce(say('ends-earlier', clocks.text(clocks.seconds(clock, performance.now()))), []);
    }
  }

  return {
    tick,

    /** The deadline as the server has it now; empty where it does not say. */
    endsAt(text) {
      const deadline = Date.parse(text) || 0;
      const known = clock.deadline;
      if (deadline && deadline !== known) {
        clock = clocks.endingAt(clock, deadline);
        moved(known, deadline);
        tick();
      }
    },

    announce,
    ask,

    /** Asks, but not for so long that no grace is left to hand in. */
    askInGrace: () => ask(clocks.patience(clock, performance.now(), TIMEOUT)),

    stop() {
      clearTimeout(ticking);
    }
  };
}

/** When the answer that is this page began, by the page's clock. */
function responseStart() {
  const entry = performance.getEntriesByType('navigation')[0];
  if (entry && entry.responseStart > 0) {
    return entry.responseStart;
  }
  const timing = performance.timing;
  return timing && timing.responseStart ? timing.responseStart - timing.navigationStart : performance.now();
}
