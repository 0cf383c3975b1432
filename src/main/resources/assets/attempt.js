/*
 * A running attempt: its answers are saved as they are made, its clock runs, and the participant or
 * the deadline hands it in. handing-in.js says which event leads to which state; here is done what
 * each state has to do.
 */

import {isToAsk, lookEvery} from './clock.js';
import {openCountdown} from './countdown.js';
import {all, one} from './dom.js';
import * as handing from './handing-in.js';
import * as kept from './kept.js';
import {openPanels} from './panels.js';
import {openPaper} from './paper.js';
import {openSaving} from './saving.js';
import {isRefusal, request} from './server.js';
import {words} from './words.js';

function open(page) {
  const id = page.dataset.attempt;
  const say = words(page.dataset.words);
  const paper = openPaper(page, say, {
    answered: (number) => saving.answered(number),
    typing: (number) => saving.show(number),
    changed: () => panels.refresh()
  });
  const panels = openPanels(page, paper, say);
  let hand = handing.begin(kept.read(id));
  const saving = openSaving(page, id, paper, say, {
    isOpen: () => hand.name === handing.ANSWERING,
    isOver,
    toKeep: () => handing.toKeep(hand),
    ended: () => happened({type: 'ended'}),
    endsAt: (deadline) => countdown.endsAt(deadline)
  });
  const countdown = openCountdown(page, id, paper, say, {
    isOver,
    due: () => happened({type: 'hand-in', by: handing.DEADLINE})
  });

  function isOver() {
    return hand.name === handing.OVER;
  }

  // ---- handing in

  let repeat = 0;
  let place = null; // where one was when the paper was handed in

  /** Whether the event has led to another state. */
  function happened(event) {
    const from = hand;
    const to = handing.next(from, event);
    if (to === from) {
      return false;
    }
    if (!isOver()) {
      paper.typed();
    }
    hand = to;
    clearTimeout(repeat);
    switch (to.name) {
      case handing.ASKING:
        begin(from);
        countdown.askInGrace().then((answer) => happened({type: 'asked', ...answer}));
        break;
      case handing.SENDING:
        begin(from);
        send();
        break;
      case handing.REPEATING:
        repeatLater(event.answer);
        break;
      case handing.ANSWERING:
        answerAgain(from, event);
        break;
      default:
        leave();
    }
    return true;
  }

  function begin(from) {
    if (from.name === handing.ANSWERING) {
      saving.keep();
      showHandingIn();
    }
  }

  function showHandingIn() {
    place = document.activeElement;
    panels.showNotice(say(hand.by === handing.DEADLINE ? 'time-is-up' : 'handing-in'));
    saving.begunAnew();
  }

  function send() {
    const body = {responses: saving.toHandIn()};
    request('POST', '/api/attempts/' + id + '/submission', body).then((answer) => {
      if (answer.type !== 'response-stale') {
        happened(outcome(answer));
        return;
      }
      saving.overtaken(answer.json.stored || []);
      if (hand.by === handing.DEADLINE) {
        send();
      } else {
        happened({type: 'refused', why: say('look-again')});
      }
    });
  }

  function outcome(answer) {
    if (answer.status === 200) {
      return {type: 'receipt', handedIn: answer.json.state === 'submitted'};
    }
    if (answer.type === 'too-early') {
      return {type: 'refused', why: say('too-early', answer.retryAfter)};
    }
    if (answer.status === 409) {
      return {type: 'ended'};
    }
    return isRefusal(answer)
      ? {type: 'refused', why: say('not-handed-in', answer.detail || say('try-later'))}
      : {type: 'failed', answer};
  }

  /** Waits to hand in again; a page that is shown again has no answer to wait for. */
  function repeatLater(answer) {
    if (answer) {
      saving.later(answer);
      saving.warn('');
      panels.tell(say(answer.status === 0 ? 'offline-handing-in' : 'busy-handing-in'));
      repeat = setTimeout(happened, saving.wait(), {type: 'repeat'});
    }
  }

  /** Goes on answering, unless the page is only shown again, as it was left. */
  function answerAgain(from, event) {
    if (from.name === handing.OVER) {
      return;
    }
    saving.keep();
    panels.hideNotice();
    if (event.type !== 'refused') {
      goOn();
    } else if (!panels.showProblem(event.why)) {
      saving.warn(event.why);
    }
    saving.flush();
  }

  /** The deadline that was about to hand in has been put off. */
  function goOn() {
    panels.showFinish();
    if (place && place !== document.body && page.contains(place)) {
      place.focus();
    }
    countdown.announce(say('go-on'), []);
    saving.reached();
    paper.numbers().forEach(saving.show);
    countdown.tick();
  }

  function leave() {
    countdown.stop();
    if (hand.handedIn) {
      kept.forget(id);
    } else {
      saving.merge();
      saving.keep();
    }
    location.replace('/attempts/' + id + '/result');
  }

  // ---- the page wakes, sleeps, comes back

  let asking = false;

  /** Asks the server how late it is: a phone that slept has lost count. */
  function synchronise() {
    if (isOver()) {
      return;
    }
    saving.hears();
    asking = true;
    countdown.ask().then((answer) => {
      asking = false;
      if (answer && !happened({type: 'clock', ...answer})) {
        countdown.tick();
      }
    });
  }

  function awake() {
    if (isOver()) {
      return;
    }
    saving.merge();
    saving.awake();
    synchronise();
    if (saving.wait() === 0) {
      happened({type: 'repeat'});
    }
    saving.flush();
  }

  window.addEventListener('online', awake);
  window.addEventListener('offline', saving.showAll);
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      happened({type: 'restored'});
      awake();
    }
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      awake();
    } else {
      paper.typed();
    }
  });
  window.addEventListener('pagehide', () => {
    paper.typed();
    if (hand.name === handing.ANSWERING) {
      saving.sendLast();
    }
  });
  window.addEventListener('storage', (event) => {
    if (event.key === kept.nameOf(id) && event.newValue && !isOver()) {
      saving.answeredElsewhere(event.newValue);
    }
  });
  // an end that moves is heard of by each save, or else by asking
  const prompt = 'prompt' in page.dataset;
  setInterval(() => {
    if (!asking && isToAsk(saving.heardAt(), performance.now(), prompt)) {
      synchronise();
    }
  }, lookEvery(prompt));

  // ---- the buttons

  function on(type, selector, act) {
    all(selector, page).forEach((element) => {
      element.addEventListener(type, (event) => {
        event.preventDefault();
        act();
      });
    });
  }

  on('click', '[data-check]', () => {
    paper.typed();
    saving.flush();
    panels.openCheck();
  });
  on('click', '[data-check-back]', panels.closeCheck);
  on('click', '[data-submit]', () => happened({type: 'hand-in', by: handing.PARTICIPANT}));
  // another language is another page; what is not saved yet is kept, and saved from there
  all('[data-language]').forEach((button) => {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      if (navigator.onLine === false) {
        return;
      }
      paper.typed();
      saving.flush();
      location.assign('/language?to=' + button.value + '&back=' + location.pathname);
    });
  });
  // Enter in a blank goes nowhere: the answer is saved as it is
  on('submit', '#paper', paper.typed);

  saving.start();
  countdown.tick();
  if (handing.isHandingIn(hand)) {
    showHandingIn();
    happened({type: 'repeat'});
  } else {
    saving.flush();
  }
}

const page = one('[data-attempt]');
if (page) {
  kept.forgetOld();
  open(page);
}
