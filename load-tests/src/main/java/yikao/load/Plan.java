package yikao.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a participant answers a paper: some rightly, the rest wrongly, what is not known not at all;
 * and the score that this must earn.
 *
 * @param id of the attempt
 * @param token of the attempt
 * @param submission the body that hands in all of it
 * @param responses the bodies that save each question; null where there is nothing to save
 * @param expected the score
 */
@SuppressWarnings("ArrayRecordComponent")
record Plan(String id, String token, byte[] submission, byte[][] responses, double expected) {
  private static final byte[] NOTHING = Request.ascii("{\"sequence\":1,\"choices\":[]}");

  /**
   * Plans an attempt.
   *
   * @param saves whether the responses are also saved one by one
   */
  static Plan of(Paper paper, Keys keys, Request scratch, boolean saves, SplittableRandom random) {
    var expected = 0.0;
    var share = random.nextInt(101);
    scratch.clear().put("{\"responses\":[");
    var responses = saves ? new byte[paper.size()][] : null;
    var first = true;
    for (var q = 0; q < paper.size(); q++) {
      var key = keys.of(paper.hash(q));
      if (key == null) {
        save(responses, q, NOTHING);
        continue;
      }
      var rightly = random.nextInt(100) < share;
      expected += rightly ? paper.points(q) : 0;
      scratch.put(first ? "{\"number\":" : ",{\"number\":").put(Integer.toString(q + 1));
      var from = scratch.size();
      scratch.put(",\"sequence\":2,\"choices\":[");
      paper.putChoices(scratch, q, key, rightly, random);
      scratch.put("]}");
      first = false;
      if (saves) {
        save(responses, q, saved(scratch, from));
      }
    }
    scratch.put("]}");
    var body = Arrays.copyOf(scratch.bytes(), scratch.size());
    return new Plan(paper.id(), paper.token(), body, responses, expected);
  }

  private static void save(byte[][] responses, int q, byte[] body) {
    if (responses != null) {
      responses[q] = body;
    }
  }

  /** The same as a body of its own. */
  private static byte[] saved(Request scratch, int from) {
    var body = Arrays.copyOfRange(scratch.bytes(), from, scratch.size());
    body[0] = '{';
    body[",\"sequence\":".length()] = '1';
    return body;
  }

  /** Whether a receipt gives the score that it should. */
  boolean earns(double score) {
    return Math.abs(score - expected) < 1e-9;
  }
}
