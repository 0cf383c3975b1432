package yikao.org;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import yikao.access.Actor;
import yikao.access.Editors;

/** What the caller may do with organisations and members; the one place that asks. */
@Singleton
class OrgRights {
  private final Editors editors;

  OrgRights(Editors editors) {
    this.editors = editors;
  }

  /** Anybody with staff's rights. */
  Actor staff(HttpRequest<?> request) {
    return editors.require(request);
  }

  /** May change an organisation, and what is below it; none: the top. */
  Actor editOrganisation(HttpRequest<?> request, Optional<Long> organisationId) {
    return editors.require(request);
  }

  /** May see the members of an organisation; none: of all. */
  Actor readMembers(HttpRequest<?> request, Optional<Long> organisationId) {
    return editors.require(request);
  }

  /** May change the members of an organisation. */
  Actor editMembers(HttpRequest<?> request, long organisationId) {
    return editors.require(request);
  }

  /** May see the phones of the members of an organisation; none: of all. */
  Actor readPhones(HttpRequest<?> request, Optional<Long> organisationId) {
    return editors.require(request);
  }

  /** The tops of what the caller may change members below; empty: everything. */
  List<Long> scope(HttpRequest<?> request) {
    editors.require(request);
    return List.of();
  }
}
