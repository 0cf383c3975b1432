/*
 * What waits to be sent to the server. Pure: no element, no request, no storage; each function takes
 * a state and gives the next.
 *
 * pending    number → {sequence, choices | text}: answered, not acknowledged
 * highest    number → the highest sequence that any tab has used
 * questions  number → {acknowledged, last, refused, inFlight}, for the questions of this page:
 *            the sequence that the server has, -1 for none; what was last acknowledged or shown;
 *            why the server does not take it; whether it is under way
 */

/** The state of a page: what was kept, less what the server has meanwhile, whoever sent it. */
export function begin(kept, saved) {
  const state = {pending: {...(kept || {}).pending}, highest: {...(kept || {}).highest}, questions: {}};
  Object.keys(saved).forEach((number) => {
    const {sequence, response} = saved[number];
    state.questions[number] = {acknowledged: sequence, last: response, refused: '', inFlight: false};
    if (state.pending[number] && state.pending[number].sequence <= sequence) {
      delete state.pending[number];
    }
  });
  return state;
}

/** What is kept in the browser. */
export function toKeep(state) {
  return {pending: state.pending, highest: state.highest};
}

/** Takes up what another tab has kept meanwhile, so that sequences never go back. */
export function merged(state, kept) {
  const other = kept || {};
  const highest = {...state.highest};
  Object.keys(other.highest || {}).forEach((number) => {
    highest[number] = Math.max(highest[number] || 0, other.highest[number]);
  });
  const pending = {...state.pending};
  Object.keys(other.pending || {}).forEach((number) => {
    if (!pending[number] || pending[number].sequence < other.pending[number].sequence) {
      pending[number] = other.pending[number];
    }
  });
  return {...state, highest, pending};
}

/** Whether a response says something else than what waits, or else than what the server has. */
export function isNew(state, number, response) {
  return !isSame(state.pending[number] || state.questions[number].last, response);
}

function isSame(a, b) {
  return JSON.stringify([a.choices, a.text]) === JSON.stringify([b.choices, b.text]);
}

/** A question was answered: the response waits, with a sequence above all before. */
export function answered(state, number, response) {
  const sequence = Math.max(state.questions[number].acknowledged, state.highest[number] || 0, 0) + 1;
  return {
    ...withQuestion(state, number, {refused: ''}),
    highest: {...state.highest, [number]: sequence},
    pending: {...state.pending, [number]: {...response, sequence}}
  };
}

function withQuestion(state, number, change) {
  const question = {...state.questions[number], ...change};
  return {...state, questions: {...state.questions, [number]: question}};
}

/** Numbers of what waits and may be sent. */
export function waiting(state) {
  return Object.keys(state.questions)
    .filter((number) => state.pending[number] && !state.questions[number].refused)
    .map(Number);
}

/** Numbers of what is sent now: one response at a time for a question, and not too many in all. */
export function toSend(state, mostAtOnce) {
  const inFlight = Object.values(state.questions).filter((question) => question.inFlight).length;
  return waiting(state)
    .filter((number) => !state.questions[number].inFlight)
    .slice(0, Math.max(0, mostAtOnce - inFlight));
}

/** What a submission brings: all that waits, of this page or not, but what was refused. */
export function toHandIn(state) {
  return Object.keys(state.pending)
    .filter((number) => !(state.questions[number] || {}).refused)
    .map((number) => ({number: Number(number), ...state.pending[number]}));
}

/** A response is under way. */
export function sending(state, number) {
  return withQuestion(state, number, {inFlight: true});
}

/** The request has come back, with whatever answer. */
export function returned(state, number) {
  return withQuestion(state, number, {inFlight: false});
}

/** The server has a response; a newer one still waits. */
export function acknowledged(state, number, sent) {
  const known = Math.max(state.questions[number].acknowledged, sent.sequence);
  const next = withQuestion(state, number, {acknowledged: known, last: sent});
  const waits = state.pending[number];
  if (!waits || waits.sequence > sent.sequence) {
    return next;
  }
  const pending = {...state.pending};
  delete pending[number];
  return {...next, pending};
}

/** The server does not take a response, and says why; it is not sent again. */
export function refused(state, number, why) {
  return withQuestion(state, number, {refused: why});
}

/**
 * The server has another response, stored from elsewhere. What waits with a sequence above it was
 * answered since, here or in another tab, and stays as it is; what was answered here only just now
 * goes above it; what has waited for long gives way to it.
 */
export function overtaken(state, number, stored, isJustNow) {
  const {sequence, ...response} = stored;
  const known = state.questions[number]
    ? withQuestion(state, number, {acknowledged: sequence, last: response})
    : state;
  const highest = {...known.highest, [number]: Math.max(sequence, known.highest[number] || 0)};
  const pending = {...known.pending};
  if (pending[number] && pending[number].sequence > sequence) {
    return {...known, highest};
  }
  if (isJustNow && pending[number]) {
    highest[number] += 1;
    pending[number] = {...pending[number], sequence: highest[number]};
  } else {
    delete pending[number];
  }
  return {...known, highest, pending};
}

/** Whether what another tab has answered is to be shown in this one. */
export function isNewer(state, number, response) {
  const question = state.questions[number];
  return Boolean(question) && !state.pending[number] && response.sequence > question.acknowledged;
}

/** What another tab has answered is shown here; that tab sends it. */
export function shown(state, number, response) {
  const known = Math.max(state.questions[number].acknowledged, response.sequence - 1);
  return withQuestion(state, number, {acknowledged: known, last: response});
}

/** How a question stands: refused, saving, typing, waiting, saved, or empty where nothing is to say. */
export function standing(state, number, typing) {
  const question = state.questions[number];
  if (question.refused) {
    return 'refused';
  }
  if (question.inFlight) {
    return 'saving';
  }
  if (typing) {
    return 'typing';
  }
  if (state.pending[number]) {
    return 'waiting';
  }
  return question.acknowledged >= 0 ? 'saved' : '';
}

/** Whether the server has anything. */
export function anySaved(state) {
  return Object.values(state.questions).some((question) => question.acknowledged >= 0);
}
