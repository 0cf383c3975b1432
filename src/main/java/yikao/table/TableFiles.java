package yikao.table;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Tables as files that a browser saves. */
public final class TableFiles {
  private TableFiles() {}

  /**
   * A table that is there.
   *
   * @param name of the file, without its ending
   */
  public static HttpResponse<byte[]> of(byte[] table, String name, TableFormat format) {
    return saved(table, name, format);
  }

  /**
   * A table that is made while it is sent, so that no more of it is in memory than a portion.
   *
   * @param name of the file, without its ending
   * @param portions of rows, the first of which begins with the headings
   */
  public static HttpResponse<InputStream> of(
      Iterator<List<List<String>>> portions, String name, TableFormat format) {
    return saved(new TableStream(TableWriter.of(format, "1"), portions), name, format);
  }

  private static <T> HttpResponse<T> saved(T table, String name, TableFormat format) {
    return HttpResponse.ok(table)
        .header(HttpHeaders.CONTENT_TYPE, format.type())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.%s\"".formatted(name, format.code()));
  }
}
