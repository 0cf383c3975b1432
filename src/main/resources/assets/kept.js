/*
 * What is kept in the browser until the server has it. A browser without storage keeps answers only
 * as long as the page is open.
 */

const PREFIX = 'yikao:';
const KEPT_MILLIS = 14 * 24 * 3600 * 1000;

/** The name under which an attempt is kept. */
export function nameOf(id) {
  return PREFIX + id;
}

/** What is kept of an attempt; null where nothing is. */
export function read(id) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(id))) || null;
  } catch (e) {
    return null;
  }
}

export function write(id, value) {
  try {
    localStorage.setItem(nameOf(id), JSON.stringify({at: Date.now(), ...value}));
  } catch (e) {
    // there is no storage, or no room in it
  }
}

export function forget(id) {
  try {
    localStorage.removeItem(nameOf(id));
  } catch (e) {
    // there is no storage
  }
}

/** Forgets attempts that nobody will come back to. */
export function forgetOld() {
  try {
    Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length))
      .filter((id) => !isFresh(read(id)))
      .forEach(forget);
  } catch (e) {
    // there is no storage
  }
}

function isFresh(kept) {
  return kept !== null && Date.now() - kept.at < KEPT_MILLIS;
}
