/*
 * What pages do beyond plain forms: the size of the type, and on the paper saving, the countdown
 * and handing in. Every page works without this file.
 */
(function () {
  'use strict';

  var root = document.documentElement;
  root.classList.add('js');

  // ---- the size of the type -------------------------------------------------------------------

  function isLarge() {
    return /(?:^|; )yikao_type=large(?:;|$)/.test(document.cookie);
  }

  function showType(large) {
    root.classList.toggle('large', large);
    all('[data-type-switch]').forEach(function (button) {
      button.setAttribute('aria-pressed', String(large));
    });
  }

  function switchType(event) {
    event.preventDefault();
    var large = !root.classList.contains('large');
    var size = large ? 'large' : 'normal';
    document.cookie = 'yikao_type=' + size + '; path=/; max-age=31536000; samesite=lax';
    showType(large);
    // some browsers keep a script's cookie for a week only; the server's lasts
    fetch('/type?size=' + size + '&back=/assets/yikao.svg', {credentials: 'same-origin'}).catch(nothing);
  }

  function nothing() {}

  function one(selector, within) {
    return (within || document).querySelector(selector);
  }

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  all('[data-type-switch]').forEach(function (button) {
    button.addEventListener('click', switchType);
  });

  // a page that comes back from the browser's memory may be of another size
  window.addEventListener('pageshow', function () {
    showType(isLarge());
  });

  // ---- a form that must not be sent twice by an impatient thumb -----------------------------------

  all('form[data-once]').forEach(function (form) {
    var sent = false;
    form.addEventListener('submit', function (event) {
      if (sent) {
        event.preventDefault();
      }
      sent = true;
    });
    window.addEventListener('pageshow', function () {
      sent = false;
    });
  });

  // ---- what is kept in the browser until the server has it ----------------------------------------

  var PREFIX = 'yikao:';
  var KEPT_MILLIS = 14 * 24 * 3600 * 1000;

  function read(id) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + id)) || null;
    } catch (e) {
      return null;
    }
  }

  function write(id, value) {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify(value));
    } catch (e) {
      // a browser without storage keeps answers only as long as the page is open
    }
  }

  function forget(id) {
    try {
      localStorage.removeItem(PREFIX + id);
    } catch (e) {
      nothing();
    }
  }

  function forgetOld() {
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (key.indexOf(PREFIX) === 0) {
          var kept = read(key.slice(PREFIX.length));
          if (!kept || !(Date.now() - kept.at < KEPT_MILLIS)) {
            localStorage.removeItem(key);
          }
        }
      });
    } catch (e) {
      nothing();
    }
  }

  // handed in: nothing opens it again
  var ended = one('[data-ended]');
  if (ended) {
    forget(ended.dataset.ended);
  }

  var page = one('[data-attempt]');
  if (page) {
    forgetOld();
    attempt(page);
  }

  // ---- an attempt -----------------------------------------------------------------------------

  function attempt(page) {
    var id = page.dataset.attempt;
    var address = '/api/attempts/' + id;
    var TIMEOUT = 15000;
    var MOST_AT_ONCE = 4;
    var TEXT_PAUSE = 800;

    var questions = {};
    var kept = read(id) || {};
    var pending = kept.pending || {}; // number → {sequence, choices | text}, not acknowledged
    var highest = kept.highest || {}; // number → the highest sequence that any tab has used
    var handingIn = kept.handingIn || false;
    var byClock = kept.byClock || false; // the deadline hands in, not the participant
    var failures = 0;
    var notBefore = 0;
    var wake = 0;
    var inFlight = 0;
    var over = false;
    var cutOff = false; // the last request did not get through
    var told = false; // the server said when to come again
    var submitting = false;

    var warning = one('[data-warning]', page);
    var reminder = one('[data-reminder]', page);
    var announcer = one('[data-announce]', page);

    function keep() {
      write(id, {at: Date.now(), pending: pending, highest: highest, handingIn: handingIn, byClock: byClock});
    }

    /** Takes up what another tab has written meanwhile, so that sequences never go back. */
    function merge() {
      var other = read(id);
      if (!other) {
        return;
      }
      Object.keys(other.highest || {}).forEach(function (n) {
        highest[n] = Math.max(highest[n] || 0, other.highest[n]);
      });
      Object.keys(other.pending || {}).forEach(function (n) {
        if (!pending[n] || pending[n].sequence < other.pending[n].sequence) {
          pending[n] = other.pending[n];
        }
      });
    }

    // -- questions

    var early = [];
    all('[data-question]', page).forEach(function (element) {
      var number = Number(element.dataset.question);
      var q = {
        number: number,
        element: element,
        isText: element.dataset.type === 'blank' || element.dataset.type === 'essay',
        acknowledged: Number(element.dataset.sequence),
        inFlight: false,
        refused: '',
        timer: 0,
        state: one('[data-state]', element),
        link: one('[data-goto="' + number + '"]', page)
      };
      questions[number] = q;
      // what the server has is not pending any more, whoever sent it
      if (pending[number] && pending[number].sequence <= q.acknowledged) {
        delete pending[number];
      }
      element.addEventListener('change', function () {
        answered(q);
      });
      if (q.isText) {
        element.addEventListener('input', function () {
          clearTimeout(q.timer);
          q.typing = true;
          q.timer = setTimeout(answered, TEXT_PAUSE, q);
          show(q);
        });
      }
      q.last = value(q, true);
      if (pending[number]) {
        fill(q, pending[number]);
      } else {
        // chosen while this script was still on its way
        early.push(q);
      }
      picked(q);
    });

    function inputs(q) {
      return all('input[name="a' + q.number + '"], textarea[name="a' + q.number + '"]', q.element);
    }

    /** What is answered; or what the server has rendered. */
    function value(q, rendered) {
      if (q.isText) {
        return {
          text: inputs(q).map(function (input) {
            // eslint-disable-next-line no-control-regex
            return (rendered ? input.defaultValue : input.value).replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
          })
        };
      }
      return {
        choices: inputs(q).filter(function (input) {
          return (rendered ? input.defaultChecked : input.checked) && input.value;
        }).map(function (input) {
          return input.value;
        })
      };
    }

    function fill(q, response) {
      inputs(q).forEach(function (input, i) {
        if (q.isText) {
          input.value = (response.text || [])[i] || '';
        } else {
          var chosen = response.choices || [];
          input.checked = input.value ? chosen.indexOf(input.value) >= 0 : chosen.length === 0;
        }
      });
      picked(q);
    }

    function isEmpty(response) {
      return (response.choices || []).length === 0 && !(response.text || []).join('').trim();
    }

    function picked(q) {
      inputs(q).forEach(function (input) {
        var label = input.closest('.choice');
        if (label) {
          label.classList.toggle('picked', input.checked);
        }
      });
      var done = !isEmpty(value(q));
      q.answered = done;
      if (q.link) {
        q.link.classList.toggle('answered', done);
        one('[data-goto-state]', q.link).textContent = done ? '已答' : '未答';
      }
      var count = one('[data-answered]', page);
      if (count) {
        count.textContent = String(numbers().length - unanswered().length);
      }
      if (panel && !panel.hidden) {
        listUnanswered();
      }
    }

    function numbers() {
      return Object.keys(questions).map(Number).sort(function (a, b) {
        return a - b;
      });
    }

    function unanswered() {
      return numbers().filter(function (n) {
        return !questions[n].answered;
      });
    }

    /** An answer was chosen or written: it is kept here at once, then sent. */
    function answered(q) {
      clearTimeout(q.timer);
      q.typing = false;
      if (over) {
        return;
      }
      picked(q);
      var response = value(q);
      var before = pending[q.number] || q.last;
      if (before && same(before, response)) {
        show(q);
        return;
      }
      merge();
      response.sequence = Math.max(q.acknowledged, highest[q.number] || 0, 0) + 1;
      highest[q.number] = response.sequence;
      pending[q.number] = response;
      q.refused = '';
      keep();
      show(q);
      flush();
    }

    function same(a, b) {
      return JSON.stringify([a.choices, a.text]) === JSON.stringify([b.choices, b.text]);
    }

    // -- saving

    function flush() {
      clearTimeout(wake);
      if (over || handingIn) {
        return;
      }
      var wait = notBefore - performance.now();
      if (wait > 0) {
        wake = setTimeout(flush, wait);
        return;
      }
      waiting().forEach(function (n) {
        if (inFlight < MOST_AT_ONCE && !questions[n].inFlight) {
          save(questions[n]);
        }
      });
    }

    /** Numbers of what is to be sent. */
    function waiting() {
      return numbers().filter(function (n) {
        return pending[n] && !questions[n].refused;
      });
    }

    function save(q) {
      var sent = pending[q.number];
      q.inFlight = true;
      inFlight++;
      show(q);
      request('PUT', address + '/responses/' + q.number, sent).then(function (response) {
        q.inFlight = false;
        inFlight--;
        if (response.status === 204) {
          acknowledged(q, sent);
          reached();
        } else {
          failed(q, response);
        }
        if (over) {
          return;
        }
        show(q);
        flush();
      });
    }

    function acknowledged(q, sent) {
      q.acknowledged = Math.max(q.acknowledged, sent.sequence);
      q.last = sent;
      merge();
      if (pending[q.number] && pending[q.number].sequence <= sent.sequence) {
        delete pending[q.number];
      }
      keep();
    }

    function reached() {
      failures = 0;
      notBefore = 0;
      told = false;
      if (cutOff) {
        cutOff = false;
        warn('');
      }
    }

    function failed(q, response) {
      var status = response.status;
      if (status === 409) {
        leave(false);
      } else if (status === 401 || status === 403 || status === 404) {
        q.refused = response.detail;
        warn('答案没有保存：' + response.detail);
      } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
        q.refused = response.detail;
      } else {
        later(response);
      }
    }

    /** Waits longer after each failure, never as long as the others, and as long as it is told. */
    function later(response) {
      failures++;
      var most = Math.min(30000, 1000 * Math.pow(2, failures - 1));
      var wait = most / 2 + Math.random() * most / 2;
      told = response.retryAfter > 0;
      if (told) {
        wait = Math.max(wait, response.retryAfter * 1000 * (1 + Math.random() * 0.3));
      }
      notBefore = performance.now() + wait;
      if (!cutOff) {
        cutOff = true;
        warn(response.status === 0
          ? '网络不通。答案记在这部手机里，连上后自动保存，请不要关闭页面。'
          : '服务器忙。答案记在这部手机里，稍后自动保存，请不要关闭页面。');
      }
    }

    /** A request that always answers; status 0 where it did not get through. */
    function request(method, where, body, keepalive, timeout) {
      var stop = typeof AbortController === 'function' ? new AbortController() : null;
      var timer = setTimeout(function () {
        if (stop) {
          stop.abort();
        }
      }, timeout || TIMEOUT);
      return fetch(where, {
        method: method,
        credentials: 'same-origin',
        cache: 'no-store',
        keepalive: Boolean(keepalive),
        headers: body ? {'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': 'zh-CN'} : {Accept: 'application/json'},
        body: body ? JSON.stringify(body) : undefined,
        signal: stop ? stop.signal : undefined
      }).then(function (response) {
        return response.text().then(function (text) {
          var json = parse(text);
          return {
            status: response.status,
            json: json,
            type: String(json.type || '').replace('urn:yikao:', ''),
            detail: ((json.errors || [])[0] || {}).message || json.detail || '请稍后再试。',
            retryAfter: Number(response.headers.get('Retry-After')) || 0
          };
        });
      }).catch(function () {
        return {status: 0, json: {}, type: '', detail: '', retryAfter: 0};
      }).then(function (answer) {
        clearTimeout(timer);
        return answer;
      });
    }

    function parse(text) {
      try {
        return JSON.parse(text) || {};
      } catch (e) {
        return {};
      }
    }

    // -- what one sees

    function show(q) {
      var text = '';
      var kind = '';
      if (q.refused) {
        text = '没有保存：' + q.refused;
        kind = 'refused';
      } else if (q.inFlight) {
        text = '正在保存…';
        kind = 'saving';
      } else if (q.typing) {
        text = '';
      } else if (pending[q.number]) {
        text = '尚未保存，会自动重试';
        kind = 'waiting';
      } else if (q.acknowledged >= 0 && (q.answered || q.last)) {
        text = '✓ 已保存';
        kind = 'saved';
      }
      if (q.state.textContent !== text) {
        q.state.textContent = text;
      }
      q.state.className = 'state ' + kind;
      showAll();
    }

    function showAll() {
      var saving = one('[data-saving]', page);
      if (!saving) {
        return;
      }
      var count = numbers().filter(function (n) {
        return pending[n] || questions[n].typing;
      }).length;
      var any = numbers().some(function (n) {
        return questions[n].acknowledged >= 0;
      });
      saving.textContent = count ? count + ' 题未保存' : any ? '✓ 已全部保存' : '';
      saving.classList.toggle('waiting', count > 0);
    }

    function warn(text) {
      warning.textContent = text;
    }

    /** A text, and links to questions. */
    function remind(text, list) {
      reminder.textContent = text;
      list.slice(0, 10).forEach(function (n) {
        var link = document.createElement('a');
        link.href = '#q' + n;
        link.textContent = String(n);
        reminder.appendChild(link);
      });
    }

    // -- the clock: the server's time, counted on by a clock that nobody can set

    var left = one('[data-left]', page);
    var deadline = Number(page.dataset.deadline) || 0;
    var grace = Number(page.dataset.grace) || 0;
    var lead = grace >= 3000 ? 0 : 2000;
    var offset = Number(page.dataset.now) - responseStart();
    var announced = {};
    var ticking = 0;

    function responseStart() {
      var entry = performance.getEntriesByType && performance.getEntriesByType('navigation')[0];
      if (entry && entry.responseStart > 0) {
        return entry.responseStart;
      }
      var timing = performance.timing;
      return timing && timing.responseStart ? timing.responseStart - timing.navigationStart : performance.now();
    }

    function remaining() {
      return deadline - (performance.now() + offset);
    }

    function tick() {
      clearTimeout(ticking);
      if (!deadline || !left || over) {
        return;
      }
      var millis = remaining();
      var seconds = Math.max(0, Math.ceil(millis / 1000));
      left.textContent = '剩余 ' + clockText(seconds);
      left.parentNode.classList.toggle('soon', seconds <= 300);
      announce(seconds);
      if (millis <= lead && !handingIn) {
        handIn(true);
      }
      ticking = setTimeout(tick, Math.max(50, millis > 0 ? millis % 1000 || 1000 : 1000));
    }

    function clockText(seconds) {
      var h = Math.floor(seconds / 3600);
      var m = Math.floor(seconds / 60) % 60;
      var s = seconds % 60;
      return (h ? h + ':' + two(m) : m) + ':' + two(s);
    }

    function two(n) {
      return (n < 10 ? '0' : '') + n;
    }

    function announce(seconds) {
      [5, 1].forEach(function (minutes) {
        if (announced[minutes] || seconds > minutes * 60 || seconds <= (minutes - 1) * 60) {
          return;
        }
        announced[minutes] = true;
        var missing = unanswered();
        var text = '还剩 ' + (seconds > minutes * 60 - 10 ? minutes + ' 分钟' : clockText(seconds))
          + (missing.length ? '，还有 ' + missing.length + ' 题没有作答' : '') + '。到时自动交卷。';
        announcer.textContent = text;
        remind(text, missing);
      });
    }

    /** Asks the server how late it is: a phone that slept has lost count. */
    function synchronise() {
      if (over) {
        return;
      }
      askClock().then(function (clock) {
        if (!clock || over || submitting) {
          return;
        }
        if (clock.ended && (!handingIn || byClock)) {
          leave(false);
        } else if (handingIn && byClock && hasTime()) {
          goOn();
        } else {
          tick();
        }
      });
    }

    /** Sets the clock by the server's; nothing where it does not answer. */
    function askClock(timeout) {
      var before = performance.now();
      return request('GET', '/attempts/' + id + '/clock', undefined, false, timeout).then(function (response) {
        if (response.status !== 200) {
          return null;
        }
        var known = deadline;
        offset = Date.parse(response.json.now) - (before + performance.now()) / 2;
        deadline = response.json.deadline ? Date.parse(response.json.deadline) : 0;
        if (deadline > known) {
          announced = {};
          remind('', []);
        }
        return response.json;
      });
    }

    /** Whether there is time to answer, by more than what two looks at a clock may differ. */
    function hasTime() {
      return !deadline || remaining() > lead + 1000;
    }

    // -- handing in

    var panel = one('[data-check-panel]', page);
    var handing = one('[data-handing]', page);
    var place = null; // where one was when the paper was handed in

    /** What is being written counts as written. */
    function typed() {
      numbers().forEach(function (n) {
        if (questions[n].typing) {
          answered(questions[n]);
        }
      });
    }

    function openCheck(event) {
      event.preventDefault();
      typed();
      flush();
      listUnanswered();
      panel.hidden = false;
      one('[data-finish]', page).hidden = true;
      panel.scrollIntoView();
      panel.focus({preventScroll: true});
    }

    function listUnanswered() {
      var missing = unanswered();
      one('[data-check-text]', panel).textContent = missing.length
        ? '还有 ' + missing.length + ' 题没有作答，点题号可以回去作答。交卷以后不能再改。'
        : numbers().length + ' 题都已作答。交卷以后不能再改。';
      var list = one('[data-check-list]', panel);
      list.textContent = '';
      missing.forEach(function (n) {
        var item = document.createElement('li');
        var link = document.createElement('a');
        link.href = '#q' + n;
        link.textContent = String(n);
        item.appendChild(link);
        list.appendChild(item);
      });
    }

    function handIn(automatic) {
      typed();
      handingIn = true;
      byClock = automatic;
      place = document.activeElement;
      keep();
      clearTimeout(wake);
      if (panel) {
        panel.hidden = true;
      }
      all('fieldset, button', page).forEach(function (element) {
        element.disabled = true;
      });
      handing.hidden = false;
      tell(byClock ? '时间到了，正在交卷…' : '正在交卷…');
      handing.scrollIntoView();
      handing.focus({preventScroll: true});
      failures = 0;
      submit();
    }

    function tell(text) {
      one('[data-handing-text]', handing).textContent = text;
    }

    function submit() {
      clearTimeout(wake);
      if (over || submitting) {
        return;
      }
      submitting = true;
      if (!byClock) {
        send();
        return;
      }
      // the deadline may have been put off; asking must not use up the grace
      var rest = remaining() + grace;
      askClock(rest > 0 ? Math.min(TIMEOUT, Math.max(500, rest / 2)) : TIMEOUT).then(function (clock) {
        if (clock && clock.ended) {
          submitting = false;
          leave(false);
        } else if (clock && hasTime()) {
          submitting = false;
          goOn();
        } else {
          send();
        }
      });
    }

    function send() {
      if (over) {
        submitting = false;
        return;
      }
      merge();
      var responses = Object.keys(pending).filter(function (n) {
        return !(questions[n] && questions[n].refused);
      }).map(function (n) {
        return Object.assign({number: Number(n)}, pending[n]);
      });
      request('POST', address + '/submission', {responses: responses}).then(function (response) {
        submitting = false;
        if (response.status === 200) {
          leave(response.json.state === 'submitted');
        } else if (response.type === 'too-early') {
          resume('现在还不能交卷，请在 ' + response.retryAfter + ' 秒后再交。');
        } else if (response.status === 409) {
          leave(false);
        } else if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
          resume('没有交上：' + response.detail);
        } else {
          later(response);
          warn('');
          tell((response.status === 0 ? '网络不通，还没有交上。' : '服务器忙，还没有交上。')
            + '答案都记在这部手机里，会自动再交，请不要关闭页面。');
          wake = setTimeout(submit, notBefore - performance.now());
        }
      });
    }

    /** Not handing in any more: what is open is answered and saved again. */
    function reopen() {
      handingIn = false;
      byClock = false;
      keep();
      handing.hidden = true;
      all('fieldset, button', page).forEach(function (element) {
        element.disabled = false;
      });
    }

    /** Goes on answering: the deadline that was about to hand in has been put off. */
    function goOn() {
      reopen();
      one('[data-finish]', page).hidden = false;
      if (place && place !== document.body && page.contains(place)) {
        place.focus();
      }
      var text = '还有时间，可以继续作答。';
      announcer.textContent = text;
      remind(text, []);
      reached();
      numbers().forEach(function (n) {
        show(questions[n]);
      });
      tick();
      flush();
    }

    /** Goes on answering after a submission that was refused. */
    function resume(text) {
      reopen();
      if (panel) {
        panel.hidden = false;
        var problem = one('[data-check-problem]', panel);
        problem.textContent = text;
        problem.hidden = false;
        panel.scrollIntoView();
        panel.focus({preventScroll: true});
      } else {
        warn(text);
      }
      flush();
    }

    /**
     * The attempt has ended: its result says how. What was not sent is kept unless it is known to be
     * handed in: an attempt that its deadline ended may be opened again.
     */
    function leave(handedIn) {
      if (over) {
        return;
      }
      typed();
      over = true;
      clearTimeout(wake);
      clearTimeout(ticking);
      if (handedIn) {
        forget(id);
      } else {
        merge();
        handingIn = false;
        byClock = false;
        keep();
      }
      location.replace('/attempts/' + id + '/result');
    }

    // -- the page wakes, sleeps, comes back

    function awake() {
      if (over) {
        return;
      }
      merge();
      if (!told) {
        notBefore = 0;
      }
      synchronise();
      if (!handingIn) {
        flush();
      } else if (performance.now() >= notBefore) {
        submit();
      }
    }

    window.addEventListener('online', awake);
    window.addEventListener('offline', showAll);
    window.addEventListener('pageshow', function (event) {
      if (event.persisted) {
        over = false;
        awake();
      }
    });
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState === 'visible') {
        awake();
      } else {
        typed();
      }
    });
    window.addEventListener('pagehide', function () {
      typed();
      if (!over && !handingIn) {
        waiting().slice(0, MOST_AT_ONCE).forEach(function (n) {
          if (!questions[n].inFlight) {
            request('PUT', address + '/responses/' + n, pending[n], true);
          }
        });
      }
    });
    // another tab of the same attempt answered
    window.addEventListener('storage', function (event) {
      if (event.key !== PREFIX + id || !event.newValue || over) {
        return;
      }
      var other = parse(event.newValue).pending || {};
      Object.keys(other).forEach(function (n) {
        var q = questions[n];
        if (q && !q.typing && !pending[n] && other[n].sequence > q.acknowledged) {
          fill(q, other[n]);
          q.last = other[n];
          q.acknowledged = Math.max(q.acknowledged, other[n].sequence - 1);
        }
      });
    });
    setInterval(synchronise, 240000 + Math.random() * 120000);

    var check = one('[data-check]', page);
    if (check) {
      check.addEventListener('click', openCheck);
      // Enter in a blank goes nowhere: the answer is saved as it is
      one('#paper', page).addEventListener('submit', function (event) {
        event.preventDefault();
        typed();
      });
      one('[data-check-back]', panel).addEventListener('click', function () {
        panel.hidden = true;
        one('[data-finish]', page).hidden = false;
        var missing = unanswered();
        var target = questions[missing.length ? missing[0] : 1].element;
        target.scrollIntoView();
        target.focus({preventScroll: true});
      });
    }
    all('[data-submit]', page).forEach(function (button) {
      button.addEventListener('click', function (event) {
        event.preventDefault();
        handIn(false);
      });
    });

    keep();
    numbers().forEach(function (n) {
      show(questions[n]);
    });
    early.forEach(answered);
    tick();
    if (handingIn) {
      handIn(byClock);
    } else {
      flush();
    }
  }
})();
