package yikao.ledger;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import yikao.ledger.Ledgers.Asked;

/** Addresses of ledgers on the console's pages, which carry on what was asked for. */
record Links(Asked asked) {
  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A page of a unit, without what was asked for. */
  static String of(String code, String page) {
    return LedgerPages.PATH + "/" + escaped(code) + page;
  }

  private static void add(StringBuilder query, String name, String value) {
    if (!value.isEmpty()) {
      query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(escaped(value));
    }
  }

  private String query() {
    var query = new StringBuilder();
    add(query, "quiz", asked.quiz());
    add(query, "sittings", asked.sittings() ? "true" : "");
    add(query, "period", asked.period());
    add(query, "date", asked.date());
    add(query, "tree", asked.tree());
    return query.toString();
  }

  private String with(String code, String page, String more) {
    var query = query();
    return of(code, page) + query + (query.isEmpty() ? "?" : "&") + more;
  }

  /** The ledger of a unit. */
  String ledger(String code) {
    return of(code, "") + query();
  }

  String ledgerAfter(String code, String after) {
    return with(code, "", "after=" + escaped(after));
  }

  String overview(String code) {
    return of(code, "/overview") + query();
  }

  String people(String code, Figure figure, boolean own) {
    return with(code, "/people", "figure=" + figure.code() + (own ? "&own=true" : ""));
  }

  String peopleAfter(String code, Figure figure, boolean own, String after) {
    return people(code, figure, own) + "&after=" + escaped(after);
  }

  /** Ends where the format is to follow. */
  String table(String code) {
    return with(code, "/table", "format=");
  }

  /** Ends where the format is to follow. */
  String peopleTable(String code, Figure figure, boolean own) {
    return with(
        code, "/people/table", "figure=" + figure.code() + (own ? "&own=true" : "") + "&format=");
  }

  /** The same of one quiz, with what was made from it for sittings, as far as it is of a period. */
  Links ofQuiz(String quiz, String period) {
    return new Links(new Asked(quiz, true, period, asked.date(), asked.tree()));
  }

  /** The same of a period. */
  Links ofPeriod(String period) {
    return new Links(new Asked(asked.quiz(), asked.sittings(), period, asked.date(), asked.tree()));
  }

  /** The same of all quizzes. */
  Links ofAll() {
    return new Links(asked.ofAll());
  }
}
