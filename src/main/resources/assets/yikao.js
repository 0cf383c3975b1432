/*
 * What every page does beyond plain forms: the size of the type, and forms that are sent once. Every
 * page works without scripts.
 */

import {all, one} from './dom.js';
import {forget} from './kept.js';
import './waiting.js';

const root = document.documentElement;
root.classList.add('js');

// ---- the size of the type

function isLarge() {
  return /(?:^|; )yikao_type=large(?:;|$)/.test(document.cookie);
}

function showType(large) {
  root.classList.toggle('large', large);
  all('[data-type-switch]').forEach((button) => {
    button.setAttribute('aria-pressed', String(large));
  });
}

function switchType(event) {
  event.preventDefault();
  const large = !root.classList.contains('large');
  const size = large ? 'large' : 'normal';
  document.cookie = 'yikao_type=' + size + '; path=/; max-age=31536000; samesite=lax';
  showType(large);
  // some browsers keep a script's cookie for a week only; the server's lasts
  fetch('/type?size=' + size + '&back=/assets/yikao.svg', {credentials: 'same-origin'}).catch(() => {});
}

all('[data-type-switch]').forEach((button) => {
  button.addEventListener('click', switchType);
});

// a page that comes back from the browser's memory may be of another size
window.addEventListener('pageshow', () => showType(isLarge()));

// ---- a form that must not be sent twice by an impatient thumb

function sendOnce(form) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) {
      event.preventDefault();
    }
    sent = true;
  });
  window.addEventListener('pageshow', () => {
    sent = false;
  });
}

all('form[data-once]').forEach(sendOnce);

// ---- a page that shows how far something is, and is asked for again

const progress = one('[data-reload]');
if (progress) {
  setTimeout(() => location.replace(progress.dataset.address), Number(progress.dataset.reload) * 1000);
}

// ---- an attempt that was handed in: nothing opens it again, so nothing of it is kept

const ended = one('[data-ended]');
if (ended) {
  forget(ended.dataset.ended);
}
