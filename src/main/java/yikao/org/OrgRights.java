package yikao.org;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import yikao.access.Actor;
import yikao.access.Callers;
import yikao.access.Grant;
import yikao.access.Staff;

/** What the caller may do with organisations and members; the one place that asks. */
@Singleton
class OrgRights {
  private final Callers callers;
  private final Organisations organisations;

  OrgRights(Callers callers, Organisations organisations) {
    this.callers = callers;
    this.organisations = organisations;
  }

  /** Anybody with staff's rights. */
  Actor staff(HttpRequest<?> request) {
    return callers.require(request).actor();
  }

  /** Whoever sees the inside of any organisation. */
  Actor reader(HttpRequest<?> request) {
    return readerOf(request).actor();
  }

  /** The same, with what this one may do. */
  Staff readerOf(HttpRequest<?> request) {
    var staff = callers.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    return staff;
  }

  /** May change an organisation, and what is below it; none: the top. */
  Actor editOrganisation(HttpRequest<?> request, Optional<Long> organisationId) {
    var staff = callers.require(request);
    staff.check(
        organisationId.map(staff::canEditOrganisation).orElseGet(staff::canEditOrganisations));
    return staff.actor();
  }

  /** May see the inside of an organisation. */
  Actor readOrganisation(HttpRequest<?> request, long organisationId) {
    var staff = callers.require(request);
    staff.check(staff.canReadOrganisation(organisationId));
    return staff.actor();
  }

  /** May see the members of an organisation; none: of all. */
  Actor readMembers(HttpRequest<?> request, Optional<Long> organisationId) {
    var staff = callers.require(request);
    staff.check(
        organisationId
            .map(staff::canReadMembers)
            .orElseGet(() -> isEverywhere(staff, staff::canReadMembers)));
    return staff.actor();
  }

  /** May change the members of an organisation. */
  Actor editMembers(HttpRequest<?> request, long organisationId) {
    var staff = callers.require(request);
    staff.check(staff.canEditMembers(organisationId));
    return staff.actor();
  }

  /** May see the phones of the members of an organisation; none: of all. */
  Actor readPhones(HttpRequest<?> request, Optional<Long> organisationId) {
    var staff = callers.require(request);
    staff.check(
        organisationId
            .map(staff::canSeePhones)
            .orElseGet(() -> isEverywhere(staff, staff::canSeePhones)));
    return staff.actor();
  }

  /** Who has a right over all that stand at the top has it everywhere. */
  private boolean isEverywhere(Staff staff, Predicate<Long> right) {
    var tops = organisations.tree().all().stream().filter(o -> o.parentId().isEmpty()).toList();
    return tops.isEmpty()
        ? staff.canEditOrganisations()
        : tops.stream().map(Organisation::id).allMatch(right);
  }

  /**
   * The tops of what the caller may change members below; empty: everything.
   *
   * @throws yikao.web.Problem where that is nowhere
   */
  List<Long> scope(HttpRequest<?> request) {
    var staff = callers.require(request);
    if (isEverywhere(staff, staff::canEditMembers)) {
      return List.of();
    }
    var tops = editable(staff);
    staff.check(!tops.isEmpty());
    return tops;
  }

  /**
   * May change members below all of these, as the scope of a file has them; none: everywhere.
   *
   * @throws yikao.web.Problem where that is no longer so
   */
  void covers(HttpRequest<?> request, List<Long> tops) {
    var staff = callers.require(request);
    staff.check(
        tops.isEmpty()
            ? isEverywhere(staff, staff::canEditMembers)
            : tops.stream().allMatch(staff::canEditMembers));
  }

  /** Whether somebody changes members anywhere. */
  boolean canEditMembersAnywhere(Staff staff) {
    return isEverywhere(staff, staff::canEditMembers) || !editable(staff).isEmpty();
  }

  /** Whether somebody sees the members of all organisations. */
  boolean canReadAllMembers(Staff staff) {
    return isEverywhere(staff, staff::canReadMembers);
  }

  /** Whether somebody may see the phones of all members. */
  boolean canSeeAllPhones(Staff staff) {
    return isEverywhere(staff, staff::canSeePhones);
  }

  /** The tops of what somebody sees the inside of, by code; none is below another. */
  List<Organisation> tops(Staff staff) {
    var tree = organisations.tree();
    var all =
        isEverywhere(staff, staff::canReadOrganisation)
            ? tree.all().stream().filter(o -> o.parentId().isEmpty())
            : staff.grants().stream()
                .flatMap(grant -> grant.organisationId().stream())
                .distinct()
                .filter(staff::canReadOrganisation)
                .flatMap(id -> tree.byId(id).stream())
                .filter(o -> o.parentId().filter(staff::canReadOrganisation).isEmpty());
    return all.sorted(Comparator.comparing(Organisation::code)).toList();
  }

  private static List<Long> editable(Staff staff) {
    return staff.grants().stream()
        .map(Grant::organisationId)
        .flatMap(Optional::stream)
        .filter(staff::canEditMembers)
        .distinct()
        .toList();
  }
}
