package yikao.access;

import jakarta.inject.Singleton;

/** What everybody finds in the console, and what those find who keep accounts or read the log. */
final class ConsoleEntries {
  private ConsoleEntries() {}

  @Singleton
  static final class Home implements ConsoleEntry {
    @Override
    public int order() {
      return 0;
    }

    @Override
    public String path() {
      return Consoles.CONSOLE;
    }

    @Override
    public String text() {
      return "console.home";
    }

    @Override
    public boolean isFor(Staff staff) {
      return true;
    }
  }

  @Singleton
  static final class People implements ConsoleEntry {
    @Override
    public int order() {
      return 800;
    }

    @Override
    public String path() {
      return StaffPages.PATH;
    }

    @Override
    public String text() {
      return "staff.title";
    }

    @Override
    public boolean isFor(Staff staff) {
      return staff.canAdministrateAnywhere();
    }
  }

  @Singleton
  static final class Log implements ConsoleEntry {
    @Override
    public int order() {
      return 900;
    }

    @Override
    public String path() {
      return AuditPages.PATH;
    }

    @Override
    public String text() {
      return "audit.title";
    }

    @Override
    public boolean isFor(Staff staff) {
      return staff.canReadAudit();
    }
  }
}
