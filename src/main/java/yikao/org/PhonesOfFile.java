package yikao.org;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a file have one phone, the whole file together. What becomes of a row must not hang
 * on which rows are imported with it.
 */
final class PhonesOfFile {
  /** Of each phone, its rows of different names. */
  private final Map<Long, Seen> phones = new HashMap<>();

  /**
   * The first row of a phone and a name, and the first of them that says by nothing else whom it is
   * about; 0: none does.
   */
  private static final class Seen {
    private final String name;
    private final int line;
    private final @Nullable Seen before;
    private int keyed;
    private int keyless;

    Seen(String name, int line, @Nullable Seen before) {
      this.name = name;
      this.line = line;
      this.before = before;
    }
  }

  /**
   * What is said of a row.
   *
   * @param sameAs the line before it that is about the same person; 0: none is
   * @param phoneAs the first line before it that has the same phone; 0: none has
   */
  record Alike(int sameAs, int phoneAs) {
    static final Alike NONE = new Alike(0, 0);
  }

  /** Takes the next row. */
  Alike take(MemberRow row, int line) {
    if (row.phone().isEmpty()) {
      return Alike.NONE;
    }
    var phone = Long.valueOf(row.phone().get());
    var name = NameKey.of(row.name().orElse(""));
    var last = Optional.ofNullable(phones.get(phone));
    var seen = find(last, name).orElseGet(() -> add(phone, name, line));
    // with a number of its own it is about somebody else than a row with another number
    var sameAs = row.isKeyed() ? seen.keyless : Math.max(seen.keyless, seen.keyed);
    if (row.isKeyed() && seen.keyed == 0) {
      seen.keyed = line;
    } else if (!row.isKeyed() && seen.keyless == 0) {
      seen.keyless = line;
    }
    return new Alike(sameAs, last.map(PhonesOfFile::first).orElse(0));
  }

  private static Optional<Seen> find(Optional<Seen> last, String name) {
    for (var seen = last.orElse(null); seen != null; seen = seen.before) {
      if (seen.name.equals(name)) {
        return Optional.of(seen);
      }
    }
    return Optional.empty();
  }

  private Seen add(Long phone, String name, int line) {
    var seen = new Seen(name, line, phones.get(phone));
    phones.put(phone, seen);
    return seen;
  }

  private static int first(Seen last) {
    var line = last.line;
    for (var seen = last.before; seen != null; seen = seen.before) {
      line = seen.line;
    }
    return line;
  }
}
