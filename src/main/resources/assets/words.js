/*
 * The words of a page. The server writes them into the page, from the file of its language; no script
 * has words of its own.
 */

/** A function that gives the text of a key, with values in the places of {0}, {1} and so on. */
export function words(json) {
  const texts = JSON.parse(json);
  return (key, ...values) => texts[key].replace(/\{(\d)\}/g, (_, place) => values[place]);
}
