/*
 * A form that could not be taken is sent again by itself, after the time that the server gave, and
 * some more by chance, so that those who were told together do not come together.
 */

import {all, one} from './dom.js';
import {CALM, failed, waitAt} from './retry.js';

/** Sends a form again, unless whoever sees it takes over. */
export function sendAgain(form) {
  const trying = failed(CALM, 0, Number(form.dataset.again), Math.random);
  let timer = setTimeout(send, waitAt(trying, 0));

  /** Without a network a browser would leave the page, and with it what is written there. */
  function send() {
    if (navigator.onLine === false) {
      window.addEventListener('online', send, {once: true});
    } else {
      form.submit();
    }
  }

  function stop() {
    clearTimeout(timer);
    window.removeEventListener('online', send);
  }

  form.addEventListener('submit', stop);
  window.addEventListener('pagehide', stop);
  // what is written now is sent by who writes it
  form.addEventListener('input', () => {
    stop();
    all('[data-again-notice]').forEach((notice) => {
      notice.hidden = true;
    });
  });
}

const form = one('form[data-again]');
if (form) {
  sendAgain(form);
}
