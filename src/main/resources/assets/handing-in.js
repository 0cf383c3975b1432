/*
 * Handing in, as states and what leads from one to another. Pure: nothing is sent or shown here.
 *
 * name      one of the states below
 * by        who hands in: the participant, or the deadline
 * handedIn  of what is over: whether the paper is known to be handed in. What was not sent is kept
 *           unless it is: an attempt that its deadline ended may be opened again.
 */

/** Questions are answered and saved. */
export const ANSWERING = 'answering';
/** The deadline hands in: the server is asked first whether it was put off. */
export const ASKING = 'asking';
/** The paper is under way. */
export const SENDING = 'sending';
/** The paper did not get through and will be sent again. */
export const REPEATING = 'repeating';
/** The attempt has ended: its result says how. */
export const OVER = 'over';

export const PARTICIPANT = 'participant';
export const DEADLINE = 'deadline';

const BACK_TO_ANSWERING = {name: ANSWERING, by: '', handedIn: false};

/** How it stood when the page was left. */
export function begin(kept) {
  return kept && kept.handingIn
    ? {name: REPEATING, by: kept.byClock ? DEADLINE : PARTICIPANT, handedIn: false}
    : BACK_TO_ANSWERING;
}

/** What is kept in the browser. */
export function toKeep(state) {
  return {handingIn: isHandingIn(state), byClock: isHandingIn(state) && state.by === DEADLINE};
}

export function isHandingIn(state) {
  return [ASKING, SENDING, REPEATING].includes(state.name);
}

/**
 * The state after an event; the same object where the event means nothing in this state.
 *
 * hand-in   {by}
 * repeat    it is time to send again
 * clock     {ended, hasTime}: the server's time, looked at now and then
 * asked     the same, asked for in the state ASKING; neither where there was no answer
 * receipt   {handedIn}: the attempt has ended, by this submission or else by its deadline
 * refused   the submission was not taken
 * failed    the submission did not get through
 * ended     the server says that the attempt has ended
 * restored  the browser shows a page again that had been left
 */
export function next(state, event) {
  const change = (CHANGES[state.name] || {})[event.type];
  return change ? change(state, event) : state;
}

const CHANGES = {
  [ANSWERING]: {
    'hand-in': (_, event) => underWay(event.by),
    clock: (state, event) => (event.ended ? over(state, false) : state),
    ended: (state) => over(state, false)
  },
  [ASKING]: {
    asked: (state, event) => byDeadline(state, event, {...state, name: SENDING}),
    ended: (state) => over(state, false)
  },
  [SENDING]: {
    receipt: (state, event) => over(state, event.handedIn),
    refused: () => BACK_TO_ANSWERING,
    failed: (state) => ({...state, name: REPEATING}),
    ended: (state) => over(state, false)
  },
  [REPEATING]: {
    repeat: (state) => underWay(state.by),
    clock: (state, event) => (state.by === DEADLINE ? byDeadline(state, event, state) : state),
    ended: (state) => over(state, false)
  },
  [OVER]: {
    restored: (state) => (state.handedIn ? {...state, name: REPEATING, handedIn: false} : BACK_TO_ANSWERING)
  }
};

function underWay(by) {
  return {name: by === DEADLINE ? ASKING : SENDING, by, handedIn: false};
}

function byDeadline(state, event, otherwise) {
  if (event.ended) {
    return over(state, false);
  }
  return event.hasTime ? BACK_TO_ANSWERING : otherwise;
}

function over(state, handedIn) {
  return {...state, name: OVER, handedIn};
}
