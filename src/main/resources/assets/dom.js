/*
 * Short names for finding the elements of a page.
 */

export function one(selector, within = document) {
  return within.querySelector(selector);
}

export function all(selector, within = document) {
  return Array.from(within.querySelectorAll(selector));
}
