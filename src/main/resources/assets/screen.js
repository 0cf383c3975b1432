/*
 * The projector's page once a session has ended: one slide after the other, by the keys that a
 * presenter's clicker sends. A question is shown first, its key with the next press. Without a script
 * all stand below each other. Before, names that have no room at once are shown page by page.
 */

import {all, one} from './dom.js';

const NEXT = ['PageDown', 'ArrowRight', 'ArrowDown', 'Enter', ' '];
const BACK = ['PageUp', 'ArrowLeft', 'ArrowUp', 'Backspace'];

/** How long a page of names is shown. */
const NAMES_EVERY = 6000;

/** A projector, or a desk; a phone scrolls. */
const WIDE = '(min-width: 60em)';

/** How far a long question is written smaller, so that all of it is seen. */
const SMALLEST = 60;

let step = 0;

/** What is shown one after the other: a slide, and a question's slide once more with its key. */
function steps() {
  return all('[data-slide]').flatMap((slide) =>
    'answer' in slide.dataset
      ? [{slide, answer: false}, {slide, answer: true}]
      : [{slide, answer: false}]);
}

function show() {
  const list = steps();
  if (!list.length) {
    return;
  }
  step = Math.max(0, Math.min(step, list.length - 1));
  const {slide, answer} = list[step];
  one('[data-slides]').classList.add('one-by-one');
  all('[data-slide]').forEach((other) => {
    other.hidden = other !== slide;
  });
  slide.classList.toggle('answered', answer);
  fit(slide);
  const slides = all('[data-slide]');
  one('[data-at]').textContent = slides.indexOf(slide) + 1 + ' / ' + slides.length;
  const [back, next] = ['-1', '1'].map((way) => one('[data-turn="' + way + '"]'));
  back.disabled = step === 0;
  next.disabled = step === list.length - 1;
}

/** Writes as large as has room. */
function fit(slide) {
  const page = document.documentElement;
  slide.style.fontSize = '';
  if (!matchMedia(WIDE).matches) {
    return;
  }
  for (let size = 95; size >= SMALLEST && page.scrollHeight > page.clientHeight; size -= 5) {
    slide.style.fontSize = size + '%';
  }
}

function turn(by) {
  step += by;
  show();
}

/** Shows other names, whole rows of them, after the last ones the first; false where all have room. */
function turnNames(by) {
  const list = one('.names');
  if (!list) {
    return false;
  }
  const from = list.scrollTop;
  list.style.maxHeight = '';
  if (list.scrollHeight <= list.clientHeight) {
    return false;
  }
  const row = list.children[0].getBoundingClientRect();
  const height = row.height + parseFloat(getComputedStyle(list.children[0]).marginBottom);
  const page = Math.max(1, Math.floor(list.clientHeight / height)) * height;
  const most = list.scrollHeight - page;
  list.style.maxHeight = page + 'px';
  const next = from + by * page;
  list.scrollTop = next > most + page - height ? 0 : Math.max(0, next);
  return true;
}

const names = setInterval(() => turnNames(1), NAMES_EVERY);

/** Whether there was something to turn; who turns names by hand is not overtaken. */
function turnByHand(by) {
  if (steps().length) {
    turn(by);
    return true;
  }
  clearInterval(names);
  return turnNames(by);
}

document.addEventListener('keydown', (event) => {
  const onButton = event.target.closest && event.target.closest('button, a');
  if (onButton && (event.key === 'Enter' || event.key === ' ')) {
    return;
  }
  const by = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  if (by && turnByHand(by)) {
    event.preventDefault();
  }
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-turn]');
  if (button) {
    turn(Number(button.dataset.turn));
  }
});

function begin() {
  step = 0;
  show();
  turnNames(0);
}

document.addEventListener('sitting', begin);

addEventListener('resize', () => {
  show();
  turnNames(0);
});

begin();
