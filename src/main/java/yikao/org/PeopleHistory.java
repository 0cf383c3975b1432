package yikao.org;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import yikao.access.AuditHistory;
import yikao.web.Texts;
import yikao.web.Times;

/** What held of an organisation or a member, and who changed it, as a page tells it. */
@Singleton
final class PeopleHistory {
  private static final Pattern OF_IMPORT = Pattern.compile("import [0-9a-f-]{36}");

  private final AuditHistory audit;
  private final PeopleWords words;
  private final Organisations organisations;

  PeopleHistory(AuditHistory audit, PeopleWords words, Organisations organisations) {
    this.audit = audit;
    this.words = words;
    this.organisations = organisations;
  }

  /** What held of an organisation, the last first. */
  List<HeldLine> of(Texts texts, List<RestructuringApi.VersionView> versions) {
    return versions.stream()
        .sorted(
            Comparator.comparing(RestructuringApi.VersionView::from)
                .thenComparing(RestructuringApi.VersionView::recordedAt)
                .reversed())
        .map(v ->
            new HeldLine(
                what(texts, v),
                when(texts, v.from(), v.until()),
                why(texts, v.reason()),
                audit.by(texts, v.actor(), v.recordedAt()),
                v.supersededAt() != null))
        .toList();
  }

  private String what(Texts texts, RestructuringApi.VersionView v) {
    var kind = words.of(texts.locale(), OrganisationKind.stored(v.kind()));
    var above =
        Optional.ofNullable(v.parent())
            .map(code -> texts.of("people.held.below", path(code)))
            .orElse(texts.of("people.held.top"));
    var state = words.open(texts.locale(), v.state().equals(OrganisationStore.OPEN));
    return texts.of("people.held", v.name(), kind, above, state);
  }

  private String path(String code) {
    var tree = organisations.tree();
    return tree.byCode(code).map(tree::path).orElse(code);
  }

  /** Where somebody was, the last first. */
  List<HeldLine> ofMember(Texts texts, List<MembersApi.MembershipView> memberships) {
    return memberships.stream()
        .sorted(
            Comparator.comparing(MembersApi.MembershipView::from)
                .thenComparing(MembersApi.MembershipView::recordedAt)
                .reversed())
        .map(m ->
            new HeldLine(
                texts.of(
                    "people.was",
                    path(m.organisation()),
                    words.of(texts.locale(), MemberState.stored(m.state()))),
                when(texts, m.from(), m.until()),
                why(texts, m.reason()),
                audit.by(texts, m.actor(), m.recordedAt()),
                m.supersededAt() != null))
        .toList();
  }

  /** What an import has recorded names its file; nobody reads that. */
  private static String why(Texts texts, String reason) {
    return OF_IMPORT.matcher(reason).matches() ? texts.of("people.by-import") : reason;
  }

  private static String when(Texts texts, String from, @Nullable String until) {
    var end = until == null ? "" : day(texts, until);
    if (from.equals(Today.EVER.toString())) {
      return end.isEmpty() ? texts.of("people.always") : texts.of("people.until", end);
    }
    var begin = day(texts, from);
    return end.isEmpty() ? texts.of("people.since", begin) : texts.of("people.between", begin, end);
  }

  private static String day(Texts texts, String day) {
    return Times.day(texts, LocalDate.parse(day));
  }
}
