package yikao.org;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import yikao.access.AuditSubject;
import yikao.db.Transactions;
import yikao.web.Texts;

/** Organisations and members in the audit log, as they are called now. */
final class PeopleSubjects {
  private PeopleSubjects() {}

  @Singleton
  static final class OfOrganisations implements AuditSubject {
    /** As {@link OrganisationChanges#brief} writes it. */
    private static final Pattern BRIEF =
        Pattern.compile("(\\S+) (.+) (\\S+) below (\\d+|-), (\\S+)");

    private final Organisations organisations;
    private final PeopleWords words;

    OfOrganisations(Organisations organisations, PeopleWords words) {
      this.organisations = organisations;
      this.words = words;
    }

    @Override
    public Optional<String> said(Texts texts, String said) {
      var brief = BRIEF.matcher(said);
      if (!brief.matches()) {
        return Optional.empty();
      }
      var tree = organisations.tree();
      var above =
          number(brief.group(4))
              .map(id -> tree.byId(id).map(tree::path).orElse(brief.group(4)))
              .map(path -> texts.of("people.held.below", path))
              .orElseGet(() -> texts.of("people.held.top"));
      return OrganisationKind.of(brief.group(3))
          .map(kind ->
              texts.of(
                  "people.held",
                  brief.group(1) + " " + brief.group(2),
                  words.of(texts.locale(), kind),
                  above,
                  words.open(texts.locale(), brief.group(5).equals(OrganisationStore.OPEN))));
    }

    @Override
    public String kind() {
      return "organisation";
    }

    @Override
    public Optional<Seen> of(Texts texts, String id) {
      var tree = organisations.tree();
      return number(id)
          .flatMap(tree::byId)
          .map(o -> new Seen(tree.path(o), Optional.of(OrganisationNodes.href(o.code()))));
    }

    private static Optional<Long> number(String id) {
      try {
        return Optional.of(Long.parseLong(id));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  @Singleton
  static final class OfMembers implements AuditSubject {
    private final Transactions transactions;

    OfMembers(Transactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public String kind() {
      return "member";
    }

    @Override
    public Optional<Seen> of(Texts texts, String id) {
      return MemberPages.identifier(id)
          .flatMap(uuid -> named(texts, uuid))
          .map(name -> new Seen(name, Optional.of(MemberPages.href(id))));
    }

    private Optional<String> named(Texts texts, UUID id) {
      var dsl = transactions.read();
      return MemberStore.find(dsl, id)
          .map(Member::name)
          .or(() -> MemberStore.organisationOf(dsl, id).map(_ -> texts.of("members.erased.title")));
    }
  }
}
