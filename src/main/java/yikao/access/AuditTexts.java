package yikao.access;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.web.Texts;

/** The audit log as people read it. */
@Singleton
public final class AuditTexts {
  private static final Pattern BLANK = Pattern.compile(" ");

  /** Where the words stand that before and after are made of. */
  private static final List<String> WORDS =
      List.of("audit.word.", "role.", "member.state.", "token.scope.");

  private final Accounts accounts;
  private final Map<String, AuditSubject> subjects;

  AuditTexts(Accounts accounts, List<AuditSubject> subjects) {
    this.accounts = accounts;
    this.subjects =
        subjects.stream().collect(Collectors.toMap(AuditSubject::kind, Function.identity()));
  }

  private static Optional<String> text(Texts texts, String key) {
    return Optional.of(texts.of(key)).filter(text -> !text.equals(key));
  }

  /** Who did something: the person's name where it is an account. */
  public String actor(Texts texts, String code) {
    return accounts
        .nameOf(code)
        .or(() -> text(texts, "audit.actor." + code.replace(':', '.')))
        .orElse(code);
  }

  /** What was done. */
  public String action(Texts texts, String action) {
    return text(texts, "audit.action." + action).orElse(action);
  }

  /** What it was done to. */
  AuditSubject.Seen subject(Texts texts, String subject) {
    var colon = subject.indexOf(':');
    var kind = colon < 0 ? subject : subject.substring(0, colon);
    var id = colon < 0 ? "" : subject.substring(colon + 1);
    return Optional.ofNullable(subjects.get(kind))
        .flatMap(known -> known.of(texts, id))
        .orElseGet(() ->
            new AuditSubject.Seen(
                text(texts, "audit.subject." + kind).orElse(subject), Optional.empty()));
  }

  /** What was before, or is after, of something. */
  String said(Texts texts, String subject, String said) {
    return Optional.ofNullable(subjects.get(subject.replaceFirst(":.*", "")))
        .flatMap(known -> known.said(texts, said))
        .orElseGet(() -> said(texts, said));
  }

  /** Word by word. */
  private String said(Texts texts, String said) {
    return BLANK
        .splitAsStream(said)
        .map(word -> word(texts, word))
        .collect(Collectors.joining(" "));
  }

  private String word(Texts texts, String word) {
    if (word.endsWith(",")) {
      return word(texts, word.substring(0, word.length() - 1)) + texts.of("audit.comma");
    }
    if (word.indexOf(':') > 0) {
      return subject(texts, word).text();
    }
    var at = word.indexOf('@');
    if (at > 0) {
      var over = subject(texts, "organisation:" + word.substring(at + 1)).text();
      return texts.of("role.over", word(texts, word.substring(0, at)), over);
    }
    return WORDS.stream().flatMap(keys -> known(texts, keys + word)).findFirst().orElse(word);
  }

  private static Stream<String> known(Texts texts, String key) {
    return text(texts, key).stream();
  }
}
