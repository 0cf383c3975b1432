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
 */
record MemberRow(
    Optional<Finding> wrong,
    Optional<UUID> id,
    Optional<String> name,
    Optional<String> organisation,
    Optional<MemberState> state,
    Optional<String> number,
    Optional<String> phone,
    Optional<String> post) {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Digits that a spreadsheet's number can have. */
  private static final int DIGITS_OF_A_NUMBER = 15;

  static MemberRow of(Cells cells, PeopleWords words) {
    var phone = cells.value(Column.PHONE);
    var state = cells.text(Column.STATE);
    var read =
        new MemberRow(
            wrong(cells, words),
            optional(cells.text(Column.ID))
                .filter(id -> IDENTIFIER.matcher(id).matches())
                .map(UUID::fromString),
            optional(cells.text(Column.NAME)),
            optional(cells.text(Column.ORGANISATION)),
            words.state(state),
            optional(cells.text(Column.NUMBER)),
            PhoneNumber.of(phone.text(), phone.isNumber()),
            optional(cells.text(Column.POST)));
    return read;
  }

  private static Optional<String> optional(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static Optional<Finding> wrong(Cells cells, PeopleWords words) {
    if (cells.sameAs() > 0) {
      return Optional.of(Finding.refused("line", "import.twice", cells.sameAs()));
    }
    return tooLong(cells, Column.NAME, MemberDetails.MAX_NAME)
        .or(() -> tooLong(cells, Column.NUMBER, MemberDetails.MAX_NUMBER))
        .or(() -> tooLong(cells, Column.POST, MemberDetails.MAX_POST))
        .or(() -> wrongKey(cells))
        .or(() -> wrongState(cells, words))
        .or(() -> wrongPhone(cells));
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
    if (!id.isEmpty() && !IDENTIFIER.matcher(id).matches()) {
      return Optional.of(Finding.refused("id", "field.identifier"));
    }
    var number = cells.value(Column.NUMBER);
    if (number.isNumber() && number.text().length() > DIGITS_OF_A_NUMBER) {
      return Optional.of(Finding.refused("number", "import.digits-lost"));
    }
    var hasKey =
        !id.isEmpty()
            || !cells.text(Column.NUMBER).isEmpty()
            || !cells.text(Column.PHONE).isEmpty();
    return hasKey ? Optional.empty() : Optional.of(Finding.refused("number", "import.no-key"));
  }

  private static Optional<Finding> wrongState(Cells cells, PeopleWords words) {
    var state = cells.text(Column.STATE);
    return state.isEmpty() || words.state(state).isPresent()
        ? Optional.empty()
        : Optional.of(Finding.refused("state", "import.no-such-state", state));
  }

  private static Optional<Finding> wrongPhone(Cells cells) {
    var phone = cells.value(Column.PHONE);
    return WrittenText.tidy(phone.text()).isEmpty()
            || PhoneNumber.of(phone.text(), phone.isNumber()).isPresent()
        ? Optional.empty()
        : Optional.of(Finding.refused("phone", "member.phone"));
  }

  /** What no other row of the file may have; none where nobody is known by it. */
  List<String> keys() {
    var keys = new ArrayList<String>();
    id.ifPresent(i -> keys.add("i" + i));
    number.ifPresent(n -> keys.add("n" + n));
    if (keys.isEmpty()) {
      phone.ifPresent(p -> keys.add("p" + p + "\n" + NameKey.of(name.orElse(""))));
    }
    return keys;
  }
}
