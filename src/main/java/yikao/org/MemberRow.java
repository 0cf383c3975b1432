package yikao.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import yikao.org.PeopleWords.Column;
import yikao.text.WrittenText;

/**
 * A member as a row of a file wants it; what is empty stays as it is.
 *
 * @param wrong why it cannot be taken
 * @param organisation as it is written: a code, or a path or name
 * @param phoneAs the first line before it that has the same phone; 0: none has
 */
record MemberRow(
    Optional<Finding> wrong,
    Optional<UUID> id,
    Optional<String> name,
    Optional<String> organisation,
    Optional<MemberState> state,
    Optional<String> number,
    Optional<String> phone,
    int phoneAs,
    Optional<String> post) {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Digits that a spreadsheet's number can have. */
  private static final int DIGITS_OF_A_NUMBER = 15;

  static MemberRow of(Cells cells, PeopleWords words) {
    var written = cells.value(Column.PHONE);
    var phone = PhoneNumber.of(written.text(), written.isNumber());
    var id = cells.text(Column.ID);
    var number = cells.text(Column.NUMBER);
    var state = words.state(cells.text(Column.STATE));
    return new MemberRow(
        wrong(cells, state, phone),
        optional(id).filter(MemberRow::isIdentifier).map(UUID::fromString),
        optional(cells.text(Column.NAME)),
        optional(cells.text(Column.ORGANISATION)),
        state,
        optional(number),
        phone,
        cells.phoneAs(),
        optional(cells.text(Column.POST)));
  }

  private static boolean isIdentifier(String id) {
    return IDENTIFIER.matcher(id).matches();
  }

  private static Optional<String> optional(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static Optional<Finding> wrong(
      Cells cells, Optional<MemberState> state, Optional<String> phone) {
    if (cells.sameAs() > 0) {
      return Optional.of(Finding.refused("line", "import.twice", cells.sameAs()));
    }
    return tooLong(cells, Column.NAME, MemberDetails.MAX_NAME)
        .or(() -> tooLong(cells, Column.NUMBER, MemberDetails.MAX_NUMBER))
        .or(() -> tooLong(cells, Column.POST, MemberDetails.MAX_POST))
        .or(() -> wrongKey(cells))
        .or(() -> wrongState(cells, state))
        .or(() -> wrongPhone(cells, phone))
        .or(() -> phoneOfALineBefore(cells));
  }

  private static Optional<Finding> tooLong(Cells cells, Column column, int most) {
    var text = cells.value(column).text();
    if (WrittenText.tidy(text).isEmpty() || WrittenText.shown(text, 1, most, false).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        WrittenText.tidy(text).length() > most
            ? Finding.refused(column.code(), "length", 1, most)
            : Finding.refused(column.code(), "text.not-shown"));
  }

  private static Optional<Finding> wrongKey(Cells cells) {
    var id = cells.text(Column.ID);
    if (!id.isEmpty() && !isIdentifier(id)) {
      return Optional.of(Finding.refused("id", "field.identifier"));
    }
    var number = cells.value(Column.NUMBER);
    if (number.isNumber() && number.text().length() > DIGITS_OF_A_NUMBER) {
      return Optional.of(Finding.refused("number", "import.digits-lost"));
    }
    return isKeyed(cells) || !cells.text(Column.PHONE).isEmpty()
        ? Optional.empty()
        : Optional.of(Finding.refused("number", "import.no-key"));
  }

  private static boolean isKeyed(Cells cells) {
    return !cells.text(Column.ID).isEmpty() || !cells.text(Column.NUMBER).isEmpty();
  }

  private static Optional<Finding> wrongState(Cells cells, Optional<MemberState> state) {
    var written = cells.text(Column.STATE);
    return written.isEmpty() || state.isPresent()
        ? Optional.empty()
        : Optional.of(Finding.refused("state", "import.no-such-state", written));
  }

  private static Optional<Finding> wrongPhone(Cells cells, Optional<String> phone) {
    return cells.text(Column.PHONE).isEmpty() || phone.isPresent()
        ? Optional.empty()
        : Optional.of(Finding.refused("phone", "member.phone"));
  }

  /** Of two names with one phone and nothing else one may be the other, written wrongly. */
  private static Optional<Finding> phoneOfALineBefore(Cells cells) {
    return cells.phoneAs() == 0 || isKeyed(cells)
        ? Optional.empty()
        : Optional.of(Finding.refused("phone", "import.phone-of-line", cells.phoneAs()));
  }

  /** The same, which cannot be taken. */
  MemberRow refused(Finding why) {
    return new MemberRow(
        Optional.of(why), id, name, organisation, state, number, phone, phoneAs, post);
  }

  /** Whether it says by more than a phone and a name whom it is about. */
  boolean isKeyed() {
    return id.isPresent() || number.isPresent();
  }

  /** What no other row of the file may have. */
  List<String> keys() {
    var keys = new ArrayList<String>();
    id.ifPresent(i -> keys.add("i" + i));
    number.ifPresent(n -> keys.add("n" + n));
    return keys;
  }
}
