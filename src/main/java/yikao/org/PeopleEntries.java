package yikao.org;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** What those find in the console who see or keep organisations and their members. */
final class PeopleEntries {
  private PeopleEntries() {}

  @Singleton
  static final class OfOrganisations implements ConsoleEntry {
    @Override
    public int order() {
      return 100;
    }

    @Override
    public String path() {
      return OrganisationListPages.PATH;
    }

    @Override
    public String text() {
      return "organisations.title";
    }

    @Override
    public boolean isFor(Staff staff) {
      return staff.canReadOrganisationsAnywhere();
    }
  }

  @Singleton
  static final class OfMembers implements ConsoleEntry {
    @Override
    public int order() {
      return 200;
    }

    @Override
    public String path() {
      return MemberListPages.PATH;
    }

    @Override
    public String text() {
      return "members.title";
    }

    @Override
    public boolean isFor(Staff staff) {
      return staff.canReadOrganisationsAnywhere();
    }
  }

  @Singleton
  static final class OfImports implements ConsoleEntry {
    private final OrgRights rights;

    OfImports(OrgRights rights) {
      this.rights = rights;
    }

    @Override
    public int order() {
      return 300;
    }

    @Override
    public String path() {
      return ImportPages.PATH;
    }

    @Override
    public String text() {
      return "imports.title";
    }

    @Override
    public boolean isFor(Staff staff) {
      return staff.canReadOrganisationsAnywhere() && rights.canEditMembersAnywhere(staff);
    }
  }
}
