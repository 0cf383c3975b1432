/*
 * A session as it goes on: who is in, how many have handed in, what time is left. The whole state is
 * asked for so often that a change is seen within a second, with the position of the one that is
 * shown; what was not heard is made good by the next answer.
 */

import * as clocks from './clock.js';
import {all, one} from './dom.js';
import {request} from './server.js';

const EVERY = 600;
const PATIENCE = 5000;
const LOST_AFTER = 3;

let failures = 0;
let clock;

function sitting() {
  return one('[data-sitting]');
}

function phase() {
  return sitting().dataset.phase;
}

function startClock() {
  const {now, closes} = sitting().dataset;
  clock = clocks.clock(Number(now), Number(closes), 0, performance.now());
}

function tick() {
  const left = one('[data-left]');
  if (left) {
    left.textContent = clocks.text(clocks.seconds(clock, performance.now()));
  }
}

function show(state, asked) {
  const page = sitting();
  page.dataset.position = state.position;
  clock = clocks.set(clock, Date.parse(state.now), Date.parse(state.closesAt), asked, performance.now());
  all('[data-count]').forEach((count) => {
    count.textContent = state[count.dataset.count];
  });
  const people = one('[data-people]');
  if (people) {
    showPeople(people, state.people);
  }
}

function showPeople(list, people) {
  const words = {
    answering: list.dataset.in,
    silent: list.dataset.silent,
    'handed-in': list.dataset.handedIn,
    'not-yet': list.dataset.notYet
  };
  const items = all('li', list);
  if (items.length !== people.length) {
    again();
    return;
  }
  people.forEach((person, i) => {
    const [name, what] = items[i].querySelectorAll('span');
    items[i].className = person.state;
    name.textContent = person.name;
    what.textContent = words[person.state].replace('{0}', person.answered);
  });
}

/** Takes the page anew, in place. */
function again() {
  return fetch(location.href, {credentials: 'same-origin', cache: 'no-store'})
    .then((response) => response.text())
    .then((text) => {
      const next = one('#sitting', new DOMParser().parseFromString(text, 'text/html'));
      if (next) {
        sitting().replaceWith(document.adoptNode(next));
        startClock();
        document.dispatchEvent(new CustomEvent('sitting'));
      }
    })
    .catch(() => {});
}

function ask() {
  const {state, position} = sitting().dataset;
  const asked = performance.now();
  return request('GET', state + '?after=' + encodeURIComponent(position), undefined, {timeout: PATIENCE})
    .then((answer) => {
      failures = answer.status === 200 || answer.status === 204 ? 0 : failures + 1;
      const lost = one('[data-lost]');
      if (lost) {
        lost.hidden = failures < LOST_AFTER;
      }
      if (answer.status === 200) {
        const changed = answer.json.phase !== phase();
        show(answer.json, asked);
        return changed ? again() : null;
      }
      return null;
    });
}

function run() {
  if (phase() === 'ended') {
    return;
  }
  ask().then(() => setTimeout(run, EVERY));
}

if (sitting()) {
  startClock();
  tick();
  setInterval(tick, 250);
  run();
}
