/*
 * What is seen of handing in: the look back before it, and the notice while it goes on.
 */

import {all, one} from './dom.js';

/** A link to a question, named by its number. */
export function linkTo(number) {
  const link = document.createElement('a');
  link.href = '#q' + number;
  link.textContent = String(number);
  return link;
}

function reveal(element) {
  element.hidden = false;
  element.scrollIntoView();
  element.focus({preventScroll: true});
}

/** The panels of a page; the page before handing in, made by the server, has the notice only. */
export function openPanels(page, paper, say) {
  const check = one('[data-check-panel]', page);
  const finish = one('[data-finish]', page);
  const notice = one('[data-handing]', page);

  function showFinish() {
    if (finish) {
      finish.hidden = false;
    }
  }

  function listUnanswered() {
    const missing = paper.unanswered();
    one('[data-check-text]', check).textContent = missing.length
      ? say('check-missing', missing.length)
      : say('check-complete', paper.numbers().length);
    const list = one('[data-check-list]', check);
    list.textContent = '';
    missing.forEach((number) => {
      list.appendChild(document.createElement('li')).appendChild(linkTo(number));
    });
  }

  function disable(disabled) {
    all('fieldset, button', page).forEach((element) => {
      element.disabled = disabled;
    });
  }

  return {
    openCheck() {
      listUnanswered();
      finish.hidden = true;
      reveal(check);
    },

    /** Back to the first question that is not answered, or else to the first. */
    closeCheck() {
      check.hidden = true;
      showFinish();
      paper.goTo(paper.unanswered()[0] || 1);
    },

    refresh() {
      if (check && !check.hidden) {
        listUnanswered();
      }
    },

    showNotice(text) {
      if (check) {
        check.hidden = true;
      }
      disable(true);
      this.tell(text);
      reveal(notice);
    },

    tell(text) {
      one('[data-handing-text]', notice).textContent = text;
    },

    hideNotice() {
      notice.hidden = true;
      disable(false);
    },

    showFinish,

    /** Says why it could not be handed in; false where the page has no place for it. */
    showProblem(text) {
      if (!check) {
        return false;
      }
      const problem = one('[data-check-problem]', check);
      problem.textContent = text;
      problem.hidden = false;
      reveal(check);
      return true;
    }
  };
}
