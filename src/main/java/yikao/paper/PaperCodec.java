package yikao.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * A paper as it is stored: sections parted by {@code |}, questions by a blank, each the version and
 * after a colon the order of its choices in base 36: {@code 17:2013 4:10|230}.
 */
public final class PaperCodec {
  private PaperCodec() {}

  /** The paper as text. */
  public static String encode(Paper paper) {
    var text = new StringBuilder();
    var section = 0;
    var first = true;
    for (var slot : paper.slots()) {
      for (; section < slot.section(); section++) {
        text.append('|');
        first = true;
      }
      text.append(first ? "" : " ").append(slot.version());
      first = false;
      if (!slot.order().isEmpty()) {
        text.append(':');
        for (var index : slot.order()) {
          text.append(Character.forDigit(index, 36));
        }
      }
    }
    return text.toString();
  }

  /** The paper of a text that {@link #encode} made. */
  public static Paper decode(String text) {
    var slots = new ArrayList<Paper.Slot>();
    var section = 0;
    for (var part : text.split("\\|", -1)) {
      for (var slot : part.split(" ", -1)) {
        if (!slot.isEmpty()) {
          slots.add(slot(section, slot));
        }
      }
      section++;
    }
    return new Paper(slots);
  }

  private static Paper.Slot slot(int section, String text) {
    var colon = text.indexOf(':');
    if (colon < 0) {
      return new Paper.Slot(section, Integer.parseInt(text), List.of());
    }
    var order = text.substring(colon + 1).chars().mapToObj(c -> Character.digit(c, 36)).toList();
    return new Paper.Slot(section, Integer.parseInt(text.substring(0, colon)), order);
  }
}
