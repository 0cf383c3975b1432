package yikao.audit;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Hangs each entry on the one before: its link is a keyed digest (HMAC-SHA-256) of that one's link
 * and of everything it says. Who changes, removes or inserts an entry would need the key to make
 * the links fit again. Pure, but for the key.
 */
final class AuditChain {
  /** The link before the first entry. */
  static final String START = "";

  private static final String PURPOSE = "audit";

  private final AuditSeal seal;
  private long number;
  private String link;

  /** From an entry on whose number and link are known. */
  AuditChain(AuditSeal seal, long number, String link) {
    this.seal = seal;
    this.number = number;
    this.link = link;
  }

  static String link(AuditSeal seal, String before, AuditEntry entry) {
    var said = new StringBuilder();
    for (var part :
        new String[] {
          before,
          Long.toString(entry.number()),
          Long.toString(entry.at().toEpochMilli()),
          entry.actor(),
          entry.address(),
          entry.action(),
          entry.subject(),
          entry.before(),
          entry.after()
        }) {
      // with its length, so that nothing can move from one part to the next
      said.append(part.length()).append(':').append(part);
    }
    return HexFormat.of().formatHex(seal.digest(PURPOSE, said.toString()));
  }

  /** Goes on to the next entry; says what is wrong with it, where something is. */
  Optional<AuditBreak> next(AuditEntry entry) {
    var expected = number + 1;
    if (entry.number() != expected) {
      return Optional.of(new AuditBreak(expected, AuditBreak.Kind.MISSING));
    }
    if (!link(seal, link, entry).equals(entry.link())) {
      return Optional.of(new AuditBreak(expected, AuditBreak.Kind.CHANGED));
    }
    number = expected;
    link = entry.link();
    return Optional.empty();
  }

  long number() {
    return number;
  }

  String link() {
    return link;
  }
}
