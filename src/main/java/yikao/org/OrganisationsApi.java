package yikao.org;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
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
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import yikao.web.Problem;

/** The list of organisations, and its import. */
@Controller("/api/organisations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "organisations")
final class OrganisationsApi {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  private final Organisations organisations;
  private final OrgRights rights;
  private final Today today;

  OrganisationsApi(Organisations organisations, OrgRights rights, Today today) {
    this.organisations = organisations;
    this.rights = rights;
    this.today = today;
  }

  /** How many rows were imported. */
  @Serdeable
  record Imported(int rows) {}

  @Get
  @Operation(
      summary = "The organisations that participants choose their branch from",
      description =
          "Staff may ask for the tree as it was on a day, and for those that are closed as well.")
  List<OrganisationView> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String date,
      @QueryValue @Nullable Boolean closed) {
    var day = Order.date("date", date);
    if (day.isPresent() || closed != null) {
      rights.reader(request);
    }
    var tree = day.map(_ -> organisations.tree(today.orGiven(day))).orElseGet(organisations::tree);
    return tree.all().stream()
        .filter(o -> o.open() || Boolean.TRUE.equals(closed))
        .sorted(Comparator.comparing(Organisation::code))
        .map(o -> OrganisationView.of(o, tree))
        .toList();
  }

  @Put
  @Consumes("text/csv")
  @Operation(
      summary = "Imports organisations (staff)",
      description =
          "CSV in UTF-8 with the header code,name,parent. All rows are imported, or none.")
  Imported importCsv(HttpRequest<?> request, @Body byte[] body) {
    var actor = rights.editOrganisation(request, Optional.empty());
    return new Imported(organisations.importAll(actor, rows(body)));
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
