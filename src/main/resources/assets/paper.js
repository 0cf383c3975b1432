/*
 * The questions in the page: what is chosen and written in them, and what is said of each.
 */

import {all, one} from './dom.js';

const TEXT_PAUSE = 800;
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** What answers something: neither invisible nor white nor punctuation. As WrittenText.core has it. */
const SAID = /[^\s\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u3002\uff0e.\uff0c,\u3001\uff1b;\uff1a:\uff01!\uff1f?\u201c\u201d\u2018\u2019"'\uff02\uff07\u300c\u300d\u300e\u300f\u2026]/u;

/**
 * The paper of a page; without questions where the page has none.
 *
 * on.answered  called with the number of a question that was answered
 * on.typing    called with the number of a question that is being written in
 * on.changed   called when the number of unanswered questions may have changed
 */
export function openPaper(page, say, on) {
  const questions = new Map();
  all('[data-question]', page).forEach((element) => {
    const question = read(page, element);
    questions.set(question.number, question);
    listen(question);
  });

  function listen(question) {
    question.element.addEventListener('change', () => answered(question));
    if (question.isText) {
      question.element.addEventListener('input', () => {
        clearTimeout(question.timer);
        question.typing = true;
        question.timer = setTimeout(answered, TEXT_PAUSE, question);
        on.typing(question.number);
      });
    }
  }

  function answered(question) {
    clearTimeout(question.timer);
    question.typing = false;
    refresh(question);
    on.answered(question.number);
  }

  /** What is seen at once of an answer: the choice, the sheet, the count. */
  function refresh(question) {
    markPicked(question);
    question.answered = !isEmpty(valueOf(question));
    if (question.link) {
      question.link.classList.toggle('answered', question.answered);
      one('[data-goto-state]', question.link).textContent = say(question.answered ? 'answered' : 'unanswered');
    }
    const count = one('[data-answered]', page);
    if (count) {
      count.textContent = String(questions.size - unanswered().length);
    }
    on.changed();
  }

  function numbers() {
    return Array.from(questions.keys()).sort((a, b) => a - b);
  }

  function unanswered() {
    return numbers().filter((number) => !questions.get(number).answered);
  }

  return {
    numbers,
    unanswered,

    /** What the server had when it made the page: number → {sequence, response}. */
    saved() {
      const saved = {};
      questions.forEach((question, number) => {
        const response = question.unsaved ? {} : renderedValueOf(question);
        saved[number] = {sequence: question.sequence, response};
      });
      return saved;
    },

    value: (number) => valueOf(questions.get(number)),

    fill(number, response) {
      fill(questions.get(number), response);
      refresh(questions.get(number));
    },

    refresh: (number) => refresh(questions.get(number)),

    isTyping: (number) => questions.get(number).typing,

    /** What is being written counts as written. */
    typed() {
      questions.forEach((question) => {
        if (question.typing) {
          answered(question);
        }
      });
    },

    show(number, kind, text) {
      const state = questions.get(number).state;
      if (state.textContent !== text) {
        state.textContent = text;
      }
      state.className = 'state ' + kind;
    },

    goTo(number) {
      const target = questions.get(number).element;
      target.scrollIntoView();
      target.focus({preventScroll: true});
    }
  };
}

function read(page, element) {
  const number = Number(element.dataset.question);
  return {
    number,
    element,
    isText: element.dataset.type === 'blank' || element.dataset.type === 'essay',
    sequence: Number(element.dataset.sequence),
    unsaved: Boolean(element.dataset.unsaved), // typed into a form that could not be saved
    state: one('[data-state]', element),
    link: one('[data-goto="' + number + '"]', page),
    answered: false,
    typing: false,
    timer: 0
  };
}

function inputs(question) {
  const name = 'a' + question.number;
  return all('input[name="' + name + '"], textarea[name="' + name + '"]', question.element);
}

function valueOf(question) {
  return value(question, (input) => input.value, (input) => input.checked);
}

/** The answer as the server has rendered it, whatever was chosen while the script was on its way. */
function renderedValueOf(question) {
  return value(question, (input) => input.defaultValue, (input) => input.defaultChecked);
}

function value(question, textOf, isChecked) {
  if (question.isText) {
    return {text: inputs(question).map((input) => clean(textOf(input)))};
  }
  const chosen = inputs(question).filter((input) => isChecked(input) && input.value);
  return {choices: chosen.map((input) => input.value)};
}

function clean(text) {
  return text.replace(/\r\n?/g, '\n').replace(CONTROL_CHARACTERS, '');
}

function isEmpty(response) {
  return (response.choices || []).length === 0 && !SAID.test((response.text || []).join(''));
}

function fill(question, response) {
  const chosen = response.choices || [];
  inputs(question).forEach((input, i) => {
    if (question.isText) {
      input.value = (response.text || [])[i] || '';
    } else {
      input.checked = input.value ? chosen.includes(input.value) : chosen.length === 0;
    }
  });
}

function markPicked(question) {
  inputs(question).forEach((input) => {
    const label = input.closest('.choice');
    if (label) {
      label.classList.toggle('picked', input.checked);
    }
  });
}
