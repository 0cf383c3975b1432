package yikao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The scripts that decide and do nothing else, by themselves; and how browsers may keep scripts.
 */
class ModulesIT extends BrowserTest {
  /** Fails where a function changes what it was given. */
  private static final String FREEZE =
      """
      const freeze = (o) => {
        if (o && typeof o === 'object') { Object.values(o).forEach(freeze); Object.freeze(o); }
        return o;
      };
      """;

  private Page page;

  @BeforeEach
  void open() {
    page = phone();
    page.navigate(service.at("/"));
  }

  /** What a piece of script gives, as JSON; {@code m} is the module. */
  private String run(String module, String script) {
    var whole =
        """
        async () => {
          const folder = document.querySelector('script[type=module]').src.replace(/[^/]*$/, '');
          const m = await import(folder + '%s');
          %s
          return JSON.stringify((() => { %s })());
        }
        """;
    return String.valueOf(page.evaluate(whole.formatted(module, FREEZE, script)));
  }

  private String pending(String script) {
    var helpers =
        """
        const saved = (...sequences) => Object.fromEntries(
          sequences.map((sequence, i) => [i + 1, {sequence, response: {choices: []}}]));
        const choose = (state, number, ...choices) => m.answered(freeze(state), number, {choices});
        """;
    return run("pending.js", helpers + script);
  }

  // ---- what waits to be sent

  @Test
  void pending_anAnswer_waitsWithTheNextSequence() {
    assertThat(
            pending(
                """
                const a = choose(m.begin(null, saved(-1, 3)), 1, 'x');
                const b = choose(a, 2, 'y');
                return [b.pending, m.waiting(b)];
                """))
        .isEqualTo(
            "[{\"1\":{\"choices\":[\"x\"],\"sequence\":1},\"2\":{\"choices\":[\"y\"],\"sequence\":4}},[1,2]]");
  }

  @Test
  void pending_aSequence_goesAboveWhatAnyTabHasUsed() {
    assertThat(
            pending(
                """
                const other = freeze({pending: {}, highest: {1: 7}});
                return choose(m.merged(freeze(m.begin(null, saved(3))), other), 1, 'x').pending[1].sequence;
                """))
        .isEqualTo("8");
  }

  @Test
  void pending_anOlderAcknowledgement_leavesTheNewerWaiting() {
    assertThat(
            pending(
                """
                const first = choose(m.begin(null, saved(-1)), 1, 'x');
                const second = choose(first, 1, 'y');
                const late = m.acknowledged(freeze(second), 1, first.pending[1]);
                const both = m.acknowledged(freeze(late), 1, second.pending[1]);
                const again = m.acknowledged(freeze(both), 1, first.pending[1]);
                return [late.pending[1].sequence, m.waiting(both), again.questions[1].acknowledged];
                """))
        .isEqualTo("[2,[],2]");
  }

  @Test
  void pending_theSameAnswerAgain_isNotNew() {
    assertThat(
            pending(
                """
                const shown = m.begin(null, {1: {sequence: 2, response: {choices: ['x']}}});
                const changed = choose(shown, 1, 'y');
                const got = m.acknowledged(freeze(changed), 1, changed.pending[1]);
                return [
                  m.isNew(shown, 1, {choices: ['x']}), m.isNew(shown, 1, {choices: ['y']}),
                  m.isNew(changed, 1, {choices: ['y']}), m.isNew(changed, 1, {choices: ['x']}),
                  m.isNew(got, 1, {choices: ['y']}), m.isNew(got, 1, {choices: []})];
                """))
        .isEqualTo("[false,true,false,true,false,true]");
  }

  @Test
  void pending_afterAReload_waitsStillButForWhatTheServerHas() {
    assertThat(
            pending(
                """
                let state = choose(m.begin(null, saved(-1, -1)), 1, 'x');
                state = choose(choose(state, 2, 'y'), 2, 'z');
                const kept = freeze(JSON.parse(JSON.stringify(m.toKeep(state))));
                const unsent = m.begin(kept, saved(-1, -1));
                const sent = m.begin(kept, saved(1, 1));
                return [m.waiting(unsent), m.waiting(sent), choose(sent, 1, 'w').pending[1].sequence,
                  m.waiting(m.begin(kept, saved(1, 2)))];
                """))
        .isEqualTo("[[1,2],[2],2,[]]");
  }

  @Test
  void pending_whatAnotherTabKept_isTakenUnlessOlder() {
    assertThat(
            pending(
                """
                const own = choose(choose(m.begin(null, saved(-1, -1)), 1, 'x'), 1, 'y');
                const older = m.merged(freeze(own), {pending: {1: {choices: ['o'], sequence: 1}}, highest: {1: 1}});
                const newer = m.merged(freeze(own), {pending: {1: {choices: ['n'], sequence: 3}}, highest: {1: 3}});
                return [older.pending[1].choices, older.highest[1], newer.pending[1].choices, newer.highest[1],
                  m.merged(own, null).pending[1].choices];
                """))
        .isEqualTo("[[\"y\"],2,[\"n\"],3,[\"y\"]]");
  }

  @Test
  void pending_anAnswerOfAnotherTab_isShownOnlyWhereNothingWaits() {
    assertThat(
            pending(
                """
                const state = choose(m.begin(null, saved(2, 2)), 1, 'x');
                const other = {choices: ['o'], sequence: 5};
                const shown = m.shown(freeze(state), 2, other);
                return [
                  m.isNewer(state, 1, other), m.isNewer(state, 2, other), m.isNewer(state, 9, other),
                  m.isNewer(state, 2, {choices: [], sequence: 2}),
                  m.isNew(shown, 2, {choices: ['o']}), choose(shown, 2, 'z').pending[2].sequence];
                """))
        .isEqualTo("[false,true,false,false,false,5]");
  }

  @Test
  void pending_sends_oneForEachQuestionAndFourInAll() {
    assertThat(
            pending(
                """
                let state = m.begin(null, saved(-1, -1, -1, -1, -1, -1));
                for (let n = 1; n <= 6; n++) { state = choose(state, n, 'x'); }
                const first = m.toSend(state, 4);
                first.forEach((n) => { state = m.sending(freeze(state), n); });
                const none = m.toSend(choose(state, 1, 'y'), 4);
                state = m.returned(m.acknowledged(state, 2, state.pending[2]), 2);
                const back = m.toSend(state, 4);
                state = m.returned(state, 1);
                return [first, none, back, m.toSend(state, 4)];
                """))
        .isEqualTo("[[1,2,3,4],[],[5],[1,5]]");
  }

  @Test
  void pending_whatIsRefused_isNeitherSentNorHandedInUntilItIsAnsweredAnew() {
    assertThat(
            pending(
                """
                let state = choose(choose(m.begin(null, saved(-1, -1)), 1, 'x'), 2, 'y');
                state = m.refused(freeze(state), 1, 'why');
                const again = choose(state, 1, 'z');
                return [m.toSend(state, 4), m.toHandIn(state).map((r) => r.number), m.toHandIn(again)];
                """))
        .isEqualTo(
            "[[2],[2],[{\"number\":1,\"choices\":[\"z\"],\"sequence\":2},{\"number\":2,\"choices\":[\"y\"],\"sequence\":1}]]");
  }

  @Test
  void pending_aPageWithoutQuestions_handsInWhatWasKept() {
    assertThat(
            pending(
                """
                const kept = {pending: {3: {text: ['w'], sequence: 2}}, highest: {3: 2}};
                const state = m.begin(freeze(kept), {});
                return [m.toSend(state, 4), m.toHandIn(state)];
                """))
        .isEqualTo("[[],[{\"number\":3,\"text\":[\"w\"],\"sequence\":2}]]");
  }

  @Test
  void pending_standing_saysTheWorstFirst() {
    assertThat(
            pending(
                """
                const fresh = m.begin(null, saved(-1));
                const waiting = choose(fresh, 1, 'x');
                const sending = m.sending(waiting, 1);
                const saved1 = m.returned(m.acknowledged(sending, 1, waiting.pending[1]), 1);
                return [
                  m.standing(fresh, 1, false), m.standing(fresh, 1, true), m.standing(waiting, 1, false),
                  m.standing(sending, 1, true), m.standing(saved1, 1, false),
                  m.standing(m.refused(sending, 1, 'why'), 1, true), m.anySaved(fresh), m.anySaved(saved1)];
                """))
        .isEqualTo("[\"\",\"typing\",\"waiting\",\"saving\",\"saved\",\"refused\",false,true]");
  }

  /** Only what is not above what the server has stored from elsewhere gives way to it. */
  @Test
  void pending_overtaken_dropsNothingThatWasAnsweredSince() {
    assertThat(
            pending(
                """
                const stored = (sequence) => freeze({sequence, choices: ['s']});
                const state = freeze(choose(choose(m.begin(null, saved(-1)), 1, 'x'), 1, 'y'));
                const older = m.overtaken(state, 1, stored(1), false);
                const same = m.overtaken(state, 1, stored(2), false);
                const newer = m.overtaken(state, 1, stored(5), false);
                const olderNow = m.overtaken(state, 1, stored(1), true);
                const newerNow = m.overtaken(state, 1, stored(5), true);
                const merged = m.merged(newer, {pending: {1: {choices: ['o'], sequence: 7}}, highest: {1: 7}});
                return [older.pending[1], same.pending, newer.pending, olderNow.pending[1].sequence,
                  newerNow.pending[1], older.questions[1].acknowledged, newer.questions[1].last,
                  m.overtaken(freeze(merged), 1, stored(6), false).pending[1].choices,
                  choose(older, 1, 'z').pending[1].sequence];
                """))
        .isEqualTo(
            "[{\"choices\":[\"y\"],\"sequence\":2},{},{},2,{\"choices\":[\"y\"],\"sequence\":6},"
                + "1,{\"choices\":[\"s\"]},[\"o\"],3]");
  }

  // ---- when to try again

  @Test
  void retry_failures_waitTwiceAsLongUpToHalfAMinute() {
    assertThat(
            run(
                "retry.js",
                """
                const waits = [];
                let retry = freeze(m.CALM);
                for (let i = 0; i < 7; i++) {
                  retry = freeze(m.failed(retry, 1000, 0, () => 1));
                  waits.push(m.waitAt(retry, 1000));
                }
                return [waits, m.waitAt(m.failed(m.CALM, 0, 0, () => 0), 0), m.waitAt(retry, 99999)];
                """))
        .isEqualTo("[[1000,2000,4000,8000,16000,30000,30000],500,0]");
  }

  @Test
  void retry_whatTheServerSaid_isKeptThoughThePageWakes() {
    assertThat(
            run(
                "retry.js",
                """
                const told = m.failed(m.CALM, 0, 20, () => 0);
                const own = m.failed(m.CALM, 0, 0, () => 0);
                const long = m.failed({...m.CALM, failures: 6}, 0, 1, () => 0);
                return [m.waitAt(told, 0), m.waitAt(m.awake(freeze(told)), 0), m.waitAt(m.awake(freeze(own)), 0),
                  m.waitAt(long, 0), told.cutOff, m.begunAnew(told).failures];
                """))
        .isEqualTo("[20000,20000,0,15000,true,0]");
  }

  // ---- the clock

  @Test
  void clock_countsByThePagesClock_fromTheServersTime() {
    assertThat(
            run(
                "clock.js",
                """
                const c = freeze(m.clock(1000000, 1060000, 5000, 300));
                return [m.remaining(c, 300), m.seconds(c, 301), m.seconds(c, 60299), m.seconds(c, 60300),
                  m.seconds(c, 99999), m.untilNextSecond(c, 301), m.untilNextSecond(c, 300), m.untilNextSecond(c, 70000)];
                """))
        .isEqualTo("[60000,60,1,0,0,999,1000,1000]");
  }

  /** A phone slept for a minute and its clock stood: the server's answer sets it right. */
  @Test
  void clock_thatSlept_isSetByTheServer() {
    assertThat(
            run(
                "clock.js",
                """
                const c = m.clock(1000000, 1060000, 5000, 0);
                const woken = m.set(freeze(c), 1061000, 1060000, 900, 1100);
                const extended = m.set(freeze(c), 1061000, 1660000, 900, 1100);
                const free = m.set(freeze(c), 1061000, 0, 900, 1100);
                return [m.isDue(c, 1000), m.isDue(woken, 1000), m.remaining(woken, 1000),
                  m.isDue(extended, 1000), m.hasTime(extended, 1000), m.isDue(free, 1000), m.hasTime(free, 1000)];
                """))
        .isEqualTo("[false,true,-1000,false,true,false,true]");
  }

  @Test
  void clock_withGrace_handsInAtTheDeadline_withoutIt_before() {
    assertThat(
            run(
                "clock.js",
                """
                const graced = m.clock(0, 10000, 3000, 0);
                const strict = m.clock(0, 10000, 2999, 0);
                const none = m.clock(0, 0, 0, 0);
                return [m.isDue(graced, 9999), m.isDue(graced, 10000), m.isDue(strict, 7999), m.isDue(strict, 8000),
                  m.hasTime(graced, 8999), m.hasTime(graced, 9000), m.hasTime(strict, 6999), m.hasTime(strict, 7000),
                  m.isDue(none, 99999), m.hasTime(none, 99999)];
                """))
        .isEqualTo("[false,true,false,true,true,false,true,false,false,true]");
  }

  /** The notice of an earlier end is a minute: silence is broken long before it is over. */
  @Test
  void clock_afterHalfAMinuteOfSilence_isToBeAsked() {
    assertThat(
            run(
                "clock.js",
                """
                return [m.isToAsk(1000, 1000), m.isToAsk(1000, 31000), m.isToAsk(1000, 31001), m.lookEvery() <= 5000];
                """))
        .isEqualTo("[false,false,true,true]");
  }

  /** In a room a quiz may end at once: it is asked within each second. */
  @Test
  void clock_inARoom_isToBeAskedWithinEachSecond() {
    assertThat(
            run(
                "clock.js",
                """
                return [m.isToAsk(1000, 1500, true), m.isToAsk(1000, 2000, true), m.lookEvery(true) <= 1000];
                """))
        .isEqualTo("[false,true,true]");
  }

  @Test
  void clock_asksNoLongerThanHalfOfWhatIsLeft() {
    assertThat(
            run(
                "clock.js",
                """
                const c = m.clock(0, 10000, 5000, 0);
                return [m.patience(c, 0, 15000), m.patience(c, 11000, 15000), m.patience(c, 14900, 15000),
                  m.patience(c, 15000, 15000), m.patience(m.clock(0, 100000, 0, 0), 0, 15000)];
                """))
        .isEqualTo("[7500,2000,500,15000,15000]");
  }

  @Test
  void clock_saysTheLastMinutesOnce() {
    assertThat(
            run(
                "clock.js",
                """
                return [m.minuteToSay([], 301), m.minuteToSay([], 300), m.minuteToSay([], 241), m.minuteToSay([], 240),
                  m.minuteToSay([5], 290), m.minuteToSay([5], 60), m.minuteToSay([5, 1], 60), m.minuteToSay([], 0),
                  m.isAbout(5, 291), m.isAbout(5, 290),
                  m.text(0), m.text(59), m.text(245), m.text(3845), m.text(36000)];
                """))
        .isEqualTo(
            "[0,5,5,0,0,1,0,0,true,false,\"0:00\",\"0:59\",\"4:05\",\"1:04:05\",\"10:00:00\"]");
  }

  // ---- handing in

  private String handingIn(String script) {
    var helpers =
        """
        const after = (state, ...events) => events.reduce((s, e) => m.next(freeze(s), e), state);
        const open = m.begin(null);
        const byClock = {type: 'hand-in', by: m.DEADLINE};
        const byHand = {type: 'hand-in', by: m.PARTICIPANT};
        const names = (...states) => states.map((s) => s.name + (s.handedIn ? '!' : ''));
        """;
    return run("handing-in.js", helpers + script);
  }

  @Test
  void handingIn_byTheParticipant_sendsUntilThereIsAReceipt() {
    assertThat(
            handingIn(
                """
                const sending = after(open, byHand);
                const repeating = after(sending, {type: 'failed'});
                return names(sending, repeating, after(repeating, {type: 'repeat'}),
                  after(repeating, {type: 'repeat'}, {type: 'receipt', handedIn: true}),
                  after(sending, {type: 'receipt', handedIn: false}), after(sending, {type: 'refused'}));
                """))
        .isEqualTo("[\"sending\",\"repeating\",\"sending\",\"over!\",\"over\",\"answering\"]");
  }

  @Test
  void handingIn_byTheDeadline_asksFirstWhetherItWasPutOff() {
    assertThat(
            handingIn(
                """
                const asking = after(open, byClock);
                const repeating = after(asking, {type: 'asked'}, {type: 'failed'});
                return names(asking, after(asking, {type: 'asked', ended: false, hasTime: true}),
                  after(asking, {type: 'asked', ended: true, hasTime: false}),
                  after(asking, {type: 'asked', ended: false, hasTime: false}), after(asking, {type: 'asked'}),
                  repeating, after(repeating, {type: 'repeat'}),
                  after(repeating, {type: 'clock', ended: false, hasTime: true}),
                  after(repeating, {type: 'clock', ended: true, hasTime: false}));
                """))
        .isEqualTo(
            "[\"asking\",\"answering\",\"over\",\"sending\",\"sending\",\"repeating\",\"asking\",\"answering\",\"over\"]");
  }

  @Test
  void handingIn_byTheParticipant_isNotTakenBackByTheClock() {
    assertThat(
            handingIn(
                """
                const repeating = after(open, byHand, {type: 'failed'});
                return names(after(repeating, {type: 'clock', ended: false, hasTime: true}),
                  after(repeating, {type: 'clock', ended: true, hasTime: false}));
                """))
        .isEqualTo("[\"repeating\",\"repeating\"]");
  }

  @Test
  void handingIn_afterAReload_isStillWhoseItWas() {
    assertThat(
            handingIn(
                """
                const kept = [open, after(open, byHand), after(open, byClock, {type: 'asked'}, {type: 'failed'}),
                  after(open, {type: 'ended'}), after(open, byClock, {type: 'ended'})].map(m.toKeep);
                return [kept.map((k) => [k.handingIn, k.byClock]), kept.map(m.begin).map((s) => s.name + ' ' + s.by)];
                """))
        .isEqualTo(
            "[[[false,false],[true,false],[true,true],[false,false],[false,false]],"
                + "[\"answering \",\"repeating participant\",\"repeating deadline\",\"answering \",\"answering \"]]");
  }

  @Test
  void handingIn_onceOver_isLeftOnlyByAPageShownAgain() {
    assertThat(
            handingIn(
                """
                const over = after(open, byHand, {type: 'receipt', handedIn: true});
                const types = ['hand-in', 'repeat', 'clock', 'asked', 'receipt', 'refused', 'failed', 'ended'];
                return [types.every((type) => m.next(over, {type, ended: true, by: m.DEADLINE}) === over),
                  ...names(after(over, {type: 'restored'}), after(open, {type: 'ended'}, {type: 'restored'}))];
                """))
        .isEqualTo("[true,\"repeating\",\"answering\"]");
  }

  @Test
  void handingIn_anEventOutOfPlace_changesNothing() {
    assertThat(
            handingIn(
                """
                const sending = after(open, byHand);
                const asking = after(open, byClock);
                return [m.next(sending, byHand) === sending, m.next(sending, byClock) === sending,
                  m.next(sending, {type: 'clock', ended: true}) === sending, m.next(asking, {type: 'repeat'}) === asking,
                  m.next(asking, {type: 'clock', hasTime: true}) === asking, m.next(open, {type: 'asked'}) === open,
                  m.next(open, {type: 'repeat'}) === open, m.next(open, {type: 'restored'}) === open,
                  m.next(open, {type: 'clock', ended: false, hasTime: true}) === open];
                """))
        .isEqualTo("[true,true,true,true,true,true,true,true,true]");
  }

  @Test
  void words_putValuesInTheirPlaces() {
    assertThat(
            run(
                "words.js",
                """
                const say = m.words('{"a":"no value","b":"{1} of {0}"}');
                return [say('a'), say('b', 0, '{0}')];
                """))
        .isEqualTo("[\"no value\",\"{0} of 0\"]");
  }

  // ---- how browsers may keep scripts

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(service.at(path))).build(), BodyHandlers.ofString());
    }
  }

  private static String caching(HttpResponse<String> response) {
    return response.headers().firstValue("Cache-Control").orElse("");
  }

  @Test
  void asset_ofThePresentVersion_mayBeKeptForGood() throws Exception {
    var address = page.locator("script[type=module]").first().getAttribute("src");
    assertThat(address).matches("/assets/[0-9a-f]{12}/yikao\\.js");
    var script = get(address);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(caching(script)).contains("immutable");
    assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
    assertThat(script.body()).contains("import");
  }

  @Test
  void asset_ofAnotherVersionOrNone_isServedAndNotKeptForGood() throws Exception {
    for (var path :
        new String[] {
          "/assets/0123456789ab/attempt.js", "/assets/attempt.js", "/assets/attempt.js?v=1"
        }) {
      var script = get(path);
      assertThat(script.statusCode()).as(path).isEqualTo(200);
      assertThat(script.body()).as(path).contains("import");
      assertThat(caching(script)).as(path).doesNotContain("immutable").doesNotContain("31536000");
    }
    assertThat(get("/assets/0123456789ab/no-such.js").statusCode()).isEqualTo(404);
  }
}
