package yikao.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paper of a started attempt, or of a review: what is needed to answer it, read straight from
 * the reply's bytes. Used again for the next attempt. Each attempt has letters of its own for the
 * choices, so that keys are learnt and looked up by what the choices say.
 */
final class Paper {
  private static final int MOST = 64;
  private static final int MOST_CHOICES = 8;

  private String id = "";
  private String token = "";
  private String state = "";
  private int size;
  private final long[] hashes = new long[MOST];
  private final double[] points = new double[MOST];
  private final int[] counts = new int[MOST];
  private final byte[][][] choices = new byte[MOST][MOST_CHOICES][];
  private final long[][] choiceHashes = new long[MOST][MOST_CHOICES];
  private final long[][] right = new long[MOST][];
  private double score;

  /** Reads an attempt or its review. */
  Paper read(Json json) {
    size = 0;
    score = Double.NaN;
    json.enter();
    while (json.nextField()) {
      if (json.is("id")) {
        id = json.string();
      } else if (json.is("token")) {
        token = json.string();
      } else if (json.is("state")) {
        state = json.string();
      } else if (json.is("score")) {
        score = json.number();
      } else if (json.is("questions") && json.enter()) {
        while (json.nextItem()) {
          json.enter();
          readQuestion(json, size++);
        }
      } else {
        json.skip();
      }
    }
    return this;
  }

  private void readQuestion(Json json, int q) {
    hashes[q] = 0;
    right[q] = null;
    counts[q] = 0;
    while (json.nextField()) {
      if (json.is("stem")) {
        hashes[q] += json.scan().hash();
      } else if (json.is("points")) {
        points[q] = json.number();
      } else if (json.is("choices")) {
        readChoices(json, q);
      } else if (json.is("key")) {
        right[q] = readKey(json, q);
      } else {
        json.skip();
      }
    }
  }

  private void readChoices(Json json, int q) {
    json.enter();
    while (json.nextItem()) {
      json.enter();
      while (json.nextField()) {
        if (json.is("id")) {
          json.scan();
          choices[q][counts[q]] = Arrays.copyOfRange(json.bytes(), json.from(), json.to());
        } else if (json.is("text")) {
          choiceHashes[q][counts[q]] = json.scan().hash();
          hashes[q] += 31 * choiceHashes[q][counts[q]];
        } else {
          json.skip();
        }
      }
      counts[q]++;
    }
  }

  /** The key names choices as they were shown before it. */
  private long[] readKey(Json json, int q) {
    var key = new long[MOST_CHOICES];
    var n = 0;
    if (json.enter()) {
      while (json.nextItem()) {
        json.scan();
        key[n++] = choiceHashes[q][shown(json, q)];
      }
    }
    return Arrays.copyOf(key, n);
  }

  private int shown(Json json, int q) {
    for (var c = 0; c < counts[q]; c++) {
      var id = choices[q][c];
      if (Arrays.equals(id, 0, id.length, json.bytes(), json.from(), json.to())) {
        return c;
      }
    }
    throw new IllegalStateException("a key that was not shown");
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  String state() {
    return state;
  }

  /** The score of a review. */
  double score() {
    return score;
  }

  int size() {
    return size;
  }

  /** Names the question by its stem and its choices, in whatever order they are shown. */
  long hash(int q) {
    return hashes[q];
  }

  /** The right choices that a review names; null in an attempt. */
  long[] right(int q) {
    return right[q];
  }

  double points(int q) {
    return points[q];
  }

  /**
   * Puts the identifiers of choices that are right or, by choice, wrong: of a wrong answer only the
   * first choice that is not all of the key.
   */
  void putChoices(Request request, int q, long[] key, boolean rightly, SplittableRandom random) {
    var any = false;
    var turn = rightly ? 0 : random.nextInt(counts[q]);
    for (var i = 0; i < counts[q]; i++) {
      var c = (i + turn) % counts[q];
      var fits =
          rightly
              ? has(key, choiceHashes[q][c])
              : !any && (key.length > 1 || choiceHashes[q][c] != key[0]);
      if (fits) {
        request.put(any ? ",\"" : "\"").put(choices[q][c]).put("\"");
        any = true;
      }
    }
  }

  private static boolean has(long[] key, long choice) {
    for (var k : key) {
      if (k == choice) {
        return true;
      }
    }
    return false;
  }
}
