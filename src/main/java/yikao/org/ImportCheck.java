package yikao.org;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.org.Organisations.ImportRow;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** What an import must be like, so that a tree is left. Pure. */
final class ImportCheck {
  static final int MAX_CODE = 64;
  static final int MAX_NAME = 200;

  private ImportCheck() {}

  /**
   * Checks rows against what is stored.
   *
   * @throws Problem with every bad row
   */
  static void check(List<ImportRow> rows, OrganisationTree stored) {
    var errors = new ArrayList<FieldError>();
    var inFile = new HashMap<String, ImportRow>();
    for (var row : rows) {
      check(row, inFile, errors);
    }
    var misplaced = new After(inFile, stored).misplaced();
    for (var row : rows) {
      if (!row.parent().isEmpty()
          && stored.byCode(row.parent()).isEmpty()
          && !inFile.containsKey(row.parent())) {
        errors.add(FieldError.of(place(row, "parent"), "organisation.no-parent", row.parent()));
      } else if (misplaced.contains(row)) {
        errors.add(FieldError.of(place(row, "parent"), "organisation.cycle", row.parent()));
      } else if (isClosed(row.parent(), stored) && !isClosed(row.code(), stored)) {
        errors.add(FieldError.of(place(row, "parent"), "organisation.parent-closed", row.parent()));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static boolean isClosed(String code, OrganisationTree stored) {
    return stored.byCode(code).filter(o -> !o.open()).isPresent();
  }

  private static void check(ImportRow row, Map<String, ImportRow> inFile, List<FieldError> errors) {
    var wrong = ShownText.wrong(place(row, "code"), row.code(), 1, MAX_CODE, false);
    if (wrong.isPresent()) {
      errors.add(wrong.get());
    } else if (inFile.putIfAbsent(row.code(), row) != null) {
      errors.add(FieldError.of(place(row, "code"), "duplicate", row.code()));
    }
    ShownText.wrong(place(row, "name"), row.name(), 1, MAX_NAME, false).ifPresent(errors::add);
  }

  /** The tree as it would be after an import. */
  private record After(Map<String, ImportRow> inFile, OrganisationTree stored) {
    /** Rows by which an organisation, or one below it, would be in a circle or too deep. */
    Set<ImportRow> misplaced() {
      var codes = new HashSet<>(inFile.keySet());
      stored.all().forEach(o -> codes.add(o.code()));
      return codes.stream()
          .filter(code -> upwards(code).count() > OrganisationTree.LEVELS)
          .flatMap(code -> upwards(code).filter(inFile::containsKey).limit(1))
          .map(inFile::get)
          .collect(Collectors.toSet());
    }

    /** An organisation and those above it, as far as the limit and one more. */
    private Stream<String> upwards(String code) {
      return Stream.iterate(code, c -> !c.isEmpty(), this::parent)
          .limit(OrganisationTree.LEVELS + 1L);
    }

    private String parent(String code) {
      var row = inFile.get(code);
      return row == null ? stored.parentCode(code).orElse("") : row.parent();
    }
  }

  private static String place(ImportRow row, String field) {
    return "line %d: %s".formatted(row.line(), field);
  }
}
