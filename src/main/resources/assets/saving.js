/*
 * Saves what is answered: keeps it in the browser at once, sends it, and sends it again until the
 * server has it. pending.js says what is sent, retry.js when.
 */

import {one} from './dom.js';
import * as kept from './kept.js';
import * as pending from './pending.js';
import * as retry from './retry.js';
import {isRefusal, parse, request} from './server.js';

const MOST_AT_ONCE = 4;

/** What was answered so long ago, in milliseconds, was answered before the page knew better. */
const JUST_NOW = 10000;

/**
 * The saving of an attempt's answers.
 *
 * hand.isOpen  whether questions are answered, so that saves are sent
 * hand.isOver  whether the attempt has ended
 * hand.toKeep  what is kept of handing in
 * hand.ended   called when the server says that the attempt has ended
 * hand.endsAt  called with the deadline as the server has it when it has saved something
 */
export function openSaving(page, id, paper, say, hand) {
  const warning = one('[data-warning]', page);
  let state = pending.begin(kept.read(id), paper.saved());
  let trying = retry.CALM;
  let wake = 0;
  let heard = performance.now();
  const answeredAt = {};

  function warn(text) {
    warning.textContent = text;
  }

  function keep() {
    kept.write(id, {...pending.toKeep(state), ...hand.toKeep()});
  }

  function merge() {
    state = pending.merged(state, kept.read(id));
  }

  function answered(number) {
    if (hand.isOver()) {
      return;
    }
    const response = paper.value(number);
    if (!pending.isNew(state, number, response)) {
      show(number);
      return;
    }
    merge();
    state = pending.answered(state, number, response);
    answeredAt[number] = performance.now();
    keep();
    show(number);
    flush();
  }

  function flush() {
    clearTimeout(wake);
    if (!hand.isOpen()) {
      return;
    }
    const wait = retry.waitAt(trying, performance.now());
    if (wait > 0) {
      wake = setTimeout(flush, wait);
      return;
    }
    pending.toSend(state, MOST_AT_ONCE).forEach(save);
  }

  function save(number) {
    const sent = state.pending[number];
    state = pending.sending(state, number);
    show(number);
    put(number, sent).then((answer) => {
      state = pending.returned(state, number);
      if (answer.status === 204) {
        acknowledged(number, sent);
        heard = performance.now();
        hand.endsAt(answer.deadline);
      } else {
        failed(number, answer);
      }
      if (!hand.isOver()) {
        show(number);
        flush();
      }
    });
  }

  function put(number, response, options) {
    return request('PUT', '/api/attempts/' + id + '/responses/' + number, response, options);
  }

  function acknowledged(number, sent) {
    merge();
    state = pending.acknowledged(state, number, sent);
    keep();
    reached();
  }

  /** Another device has stored something else; what was answered since or just now stays. */
  function overtaken(stored) {
    merge();
    const given = [];
    stored.forEach(({number, ...response}) => {
      const isJustNow = performance.now() - (answeredAt[number] || -JUST_NOW) < JUST_NOW;
      state = pending.overtaken(state, number, response, isJustNow);
      if (!state.pending[number] && paper.numbers().includes(number)) {
        paper.fill(number, response);
        given.push(number);
      }
    });
    keep();
    paper.numbers().forEach(show);
    if (given.length) {
      warn(say('answered-elsewhere', given.join(say('and'))));
    }
  }

  function failed(number, answer) {
    if (answer.type === 'response-stale') {
      overtaken(answer.json.stored || []);
    } else if (answer.status === 409) {
      hand.ended();
    } else if (isRefusal(answer)) {
      const why = answer.detail || say('try-later');
      state = pending.refused(state, number, why);
      if ([401, 403, 404].includes(answer.status)) {
        warn(say('not-saved', why));
      }
    } else {
      later(answer);
    }
  }

  /** Something did not get through: says so, once, and waits. */
  function later(answer) {
    if (!trying.cutOff) {
      warn(say(answer.status === 0 ? 'offline' : 'busy'));
    }
    trying = retry.failed(trying, performance.now(), answer.retryAfter, Math.random);
  }

  function reached() {
    if (trying.cutOff) {
      warn('');
    }
    trying = retry.CALM;
  }

  function show(number) {
    const kind = pending.standing(state, number, paper.isTyping(number));
    paper.show(number, kind === 'typing' ? '' : kind, sayStanding(kind, number));
    showAll();
  }

  function sayStanding(kind, number) {
    switch (kind) {
      case 'refused':
        return say('refused', state.questions[number].refused);
      case 'saving':
        return say('saving');
      case 'waiting':
        return say('waiting');
      case 'saved':
        return say('saved');
      default:
        return '';
    }
  }

  function showAll() {
    const place = one('[data-saving]', page);
    if (!place) {
      return;
    }
    const count = paper.numbers().filter((n) => state.pending[n] || paper.isTyping(n)).length;
    place.textContent = count ? say('unsaved', count) : pending.anySaved(state) ? say('all-saved') : '';
    place.classList.toggle('waiting', count > 0);
  }

  /** Shows what was kept; what was chosen while the script was on its way is answered now. */
  function start() {
    const early = paper.numbers().filter((number) => !state.pending[number]);
    paper.numbers().forEach((number) => {
      if (state.pending[number]) {
        paper.fill(number, state.pending[number]);
      } else {
        paper.refresh(number);
      }
    });
    keep();
    paper.numbers().forEach(show);
    early.forEach(answered);
  }

  /** Another tab of the same attempt answered. */
  function answeredElsewhere(json) {
    const other = parse(json).pending || {};
    Object.keys(other).map(Number).forEach((number) => {
      if (pending.isNewer(state, number, other[number]) && !paper.isTyping(number)) {
        paper.fill(number, other[number]);
        state = pending.shown(state, number, other[number]);
      }
    });
  }

  return {
    start,
    answered,
    answeredElsewhere,
    show,
    showAll,
    warn,
    keep,
    merge,
    flush,
    later,
    reached,
    overtaken,

    /** When the server last said something, or was asked, by the page's clock. */
    heardAt: () => heard,

    hears() {
      heard = performance.now();
    },

    begunAnew() {
      trying = retry.begunAnew(trying);
    },

    awake() {
      trying = retry.awake(trying);
    },

    wait: () => retry.waitAt(trying, performance.now()),

    toHandIn() {
      merge();
      return pending.toHandIn(state);
    },

    /** The page goes: what can still be sent is sent, and outlives it. */
    sendLast() {
      pending.waiting(state)
        .slice(0, MOST_AT_ONCE)
        .filter((number) => !state.questions[number].inFlight)
        .forEach((number) => put(number, state.pending[number], {keepalive: true}));
    }
  };
}
