package yikao.org;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.web.Problem;

/** The list of organisations, and its import. */
@Controller("/api/organisations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "organisations")
final class OrganisationsApi {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  private final Organisations organisations;
  private final Callers callers;

  OrganisationsApi(Organisations organisations, Callers callers) {
    this.organisations = organisations;
    this.callers = callers;
  }

  /**
   * An organisation.
   *
   * @param parent code of the one above it
   * @param path names from the top down to it
   */
  @Serdeable
  record OrganisationView(String code, String name, @Nullable String parent, String path) {}

  /** How many rows were imported. */
  @Serdeable
  record Imported(int rows) {}

  @Get
  @Operation(summary = "The organisations that participants choose their branch from")
  List<OrganisationView> list() {
    var tree = organisations.tree();
    return tree.all().stream()
        .sorted(Comparator.comparing(Organisation::code))
        .map(o ->
            new OrganisationView(
                o.code(), o.name(), tree.parentCode(o.code()).orElse(null), tree.path(o)))
        .toList();
  }

  @Put
  @Consumes("text/csv")
  @Operation(
      summary = "Imports organisations (staff)",
      description =
          "CSV in UTF-8 with the header code,name,parent. All rows are imported, or none.")
  Imported importCsv(HttpRequest<?> request, @Body byte[] body) {
    var staff = callers.require(request);
    staff.check(staff.canEditOrganisations());
    return new Imported(organisations.importAll(staff.actor(), rows(body)));
  }

  private static List<Organisations.ImportRow> rows(byte[] body) {
    var text = utf8(body);
    try (var parser =
        FORMAT.parse(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text))) {
      for (var name : List.of("code", "name", "parent")) {
        if (!parser.getHeaderMap().containsKey(name)) {
          throw Problem.invalid(name, "csv.no-column");
        }
      }
      return parser.stream().map(OrganisationsApi::row).toList();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw Problem.invalid("body", "csv.malformed");
    }
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid("body", "not-utf8");
    }
  }

  private static Organisations.ImportRow row(CSVRecord line) {
    return new Organisations.ImportRow(
        (int) line.getRecordNumber() + 1,
        line.isSet("code") ? line.get("code") : "",
        line.isSet("name") ? line.get("name") : "",
        line.isSet("parent") ? line.get("parent") : "");
  }
}
