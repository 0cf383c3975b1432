package yikao.web;

import java.util.List;
import java.util.regex.Pattern;

/** How many bytes the body of a request may have, by what is asked for. */
final class BodyLimits {
  private static final int KILO = 1_024;

  /** Enough for a name, a branch and what goes with them. */
  private static final int SMALL = 16 * KILO;

  /** A file of a whole city's members; who may not send one is refused before its first byte. */
  static final long UPLOAD = 24L * KILO * KILO;

  private static final Pattern UPLOADS = Pattern.compile("/api/imports/[a-z]+|/console/imports");

  private record Rule(Pattern path, long most) {}

  /** The first that fits counts. An essay of 5,000 characters has up to 30 KB in JSON. */
  private static final List<Rule> RULES =
      List.of(
          rule("/api/attempts/[^/]+/responses/[^/]+", 32 * KILO),
          rule("/api/attempts/[^/]+/submission", 512 * KILO),
          rule("/api/(attempts/[^/]+/participant|quizzes/[^/]+/attempts)", SMALL),
          rule("/api/quizzes(/.*)?", 512 * KILO),
          rule("/api/(organisations|bank)(/.*)?", Long.MAX_VALUE),
          rule("/api/.*", 64 * KILO),
          // without scripts all responses come in one form
          rule("/attempts/[^/]+(/submission)?", 512 * KILO));

  private BodyLimits() {}

  private static Rule rule(String path, long most) {
    return new Rule(Pattern.compile(path), most);
  }

  /**
   * The most bytes for an address as it is written in a request.
   *
   * @param limit for what has no smaller one
   */
  static long most(String uri, long limit) {
    var end = uri.indexOf('?');
    var path = end < 0 ? uri : uri.substring(0, end);
    if (UPLOADS.matcher(path).matches()) {
      return Math.max(UPLOAD, limit);
    }
    for (var rule : RULES) {
      if (rule.path().matcher(path).matches()) {
        return Math.min(rule.most(), limit);
      }
    }
    return Math.min(SMALL, limit);
  }
}
