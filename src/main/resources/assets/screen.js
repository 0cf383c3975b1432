/*
 * The projector's page once a session has ended: one slide after the other, by the keys that a
 * presenter's clicker sends. A question is shown first, its key with the next press. Without a script
 * all stand below each other.
 */

import {all, one} from './dom.js';

const NEXT = ['PageDown', 'ArrowRight', 'ArrowDown', 'Enter', ' '];
const BACK = ['PageUp', 'ArrowLeft', 'ArrowUp', 'Backspace'];

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
  const slides = all('[data-slide]');
  one('[data-at]').textContent = slides.indexOf(slide) + 1 + ' / ' + slides.length;
  const [back, next] = ['-1', '1'].map((way) => one('[data-turn="' + way + '"]'));
  back.disabled = step === 0;
  next.disabled = step === list.length - 1;
}

function turn(by) {
  step += by;
  show();
}

document.addEventListener('keydown', (event) => {
  const onButton = event.target.closest && event.target.closest('button, a');
  if (!steps().length || (onButton && (event.key === 'Enter' || event.key === ' '))) {
    return;
  }
  if (NEXT.includes(event.key)) {
    event.preventDefault();
    turn(1);
  } else if (BACK.includes(event.key)) {
    event.preventDefault();
    turn(-1);
  }
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-turn]');
  if (button) {
    turn(Number(button.dataset.turn));
  }
});

document.addEventListener('sitting', () => {
  step = 0;
  show();
});

show();
