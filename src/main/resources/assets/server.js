/*
 * Requests to the server.
 */

export const TIMEOUT = 15000;

/**
 * Sends a request and always gives an answer: its status, 0 where it did not get through; its JSON;
 * the kind of problem and what the server says of it; the seconds after which to come again; and when
 * the attempt ends, where the answer says so.
 */
export function request(method, where, body, {keepalive = false, timeout = TIMEOUT} = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  return fetch(where, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    keepalive,
    headers: headers(body),
    body: body ? JSON.stringify(body) : undefined,
    signal: stop.signal
  })
    .then((response) => response.text().then((text) => read(response, parse(text))))
    .catch(() => ({status: 0, json: {}, type: '', detail: '', retryAfter: 0, deadline: ''}))
    .then((answer) => {
      clearTimeout(timer);
      return answer;
    });
}

function headers(body) {
  return body
    ? {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Accept-Language': document.documentElement.lang
      }
    : {Accept: 'application/json'};
}

function read(response, json) {
  return {
    status: response.status,
    json,
    type: String(json.type || '').replace('urn:yikao:', ''),
    detail: ((json.errors || [])[0] || {}).message || json.detail || '',
    retryAfter: Number(response.headers.get('Retry-After')) || 0,
    deadline: response.headers.get('Yikao-Deadline') || ''
  };
}

/** The JSON of a text; an empty object where it is none. */
export function parse(text) {
  try {
    return JSON.parse(text) || {};
  } catch (e) {
    return {};
  }
}

/** Whether the request was at fault, so that the same again would be refused again. */
export function isRefusal(answer) {
  return answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
}
