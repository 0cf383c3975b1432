package yikao.sitting;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import yikao.access.AuditTexts;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.org.Draft;
import yikao.org.Organisations;
import yikao.sitting.SittingRights.Seen;
import yikao.web.Pages;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the pages of one session show. */
@Singleton
final class SittingPageMaker {
  private final Sittings sittings;
  private final Accounts accounts;
  private final LiveStates states;
  private final JoinAddress address;
  private final Organisations organisations;
  private final BranchMemories memories;
  private final Consoles consoles;
  private final AuditTexts actors;
  private final Pages pages;
  private final Times times;

  SittingPageMaker(
      Sittings sittings,
      Accounts accounts,
      LiveStates states,
      JoinAddress address,
      Organisations organisations,
      BranchMemories memories,
      Consoles consoles,
      AuditTexts actors,
      Pages pages,
      Times times) {
    this.sittings = sittings;
    this.accounts = accounts;
    this.states = states;
    this.address = address;
    this.organisations = organisations;
    this.memories = memories;
    this.consoles = consoles;
    this.actors = actors;
    this.pages = pages;
    this.times = times;
  }

  SittingPage of(HttpRequest<?> request, Seen seen, Draft draft) {
    var staff = seen.staff();
    var sitting = seen.sitting();
    var texts = pages.texts(request);
    var account = accounts.of(sitting);
    return new SittingPage(
        consoles.of(request, staff, account.title()),
        account,
        address.typed(),
        address.image(sitting),
        staff.canRunSittings(sitting.organisationId()),
        times.minute(texts, sitting.openedAt()),
        times.minute(texts, sittings.quiz(sitting).window().closes().orElse(sitting.closesAt())),
        sitting
            .confirmed()
            .map(c ->
                texts.of(
                    "sitting.confirmed", times.minute(texts, c.at()), actors.actor(texts, c.by())))
            .orElse(""),
        states.of(sitting),
        opening(staff, sitting),
        account.missed().stream().map(m -> MissedView.of(texts, m)).toList(),
        Arrays.stream(AttendanceStatus.values()).map(s -> choice(texts, s)).toList(),
        draft);
  }

  /** What to begin with, for whoever runs it, while it is open. */
  private Optional<OpeningHint> opening(Staff staff, Sitting sitting) {
    return organisations
        .tree()
        .byId(sitting.organisationId())
        .filter(_ -> sitting.isOpen() && staff.canRunSittings(sitting.organisationId()))
        .flatMap(memories::hint);
  }

  private static Draft.Choice choice(Texts texts, AttendanceStatus status) {
    return new Draft.Choice(status.code(), texts.of("sitting.attendance." + status.code()));
  }
}
