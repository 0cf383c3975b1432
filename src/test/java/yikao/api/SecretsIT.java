package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.access.SecretsRefusedException;
import yikao.bank.Bank;

/** A database is used with the keys with which it was begun, or its operator has said otherwise. */
final class SecretsIT {
  private static final String KEY = "participant-key=";
  private static final Pattern CODE = Pattern.compile("yikao.accept-new-secrets=([0-9a-f]{12})");

  @TempDir private Path folder;
  private String database = TestService.memory();
  private Path bank;
  private Path file;
  private String lines;

  @BeforeEach
  void firstStart() throws IOException {
    bank = new SmallBank().root();
    file = TestService.secrets(folder);
    lines = Files.readString(file);
    start("").close();
  }

  private TestService start(String accepted) {
    var settings = new HashMap<String, Object>();
    settings.put("yikao.database.url", database);
    settings.put("yikao.bank", bank.toString());
    settings.put("yikao.secrets", file.toString());
    settings.put("yikao.accept-new-secrets", accepted);
    return TestService.start(settings);
  }

  /** Returns the code that the refusal gives. */
  private String refused(String accepted, String... words) {
    var said = new String[1];
    assertThatThrownBy(() -> start(accepted))
        .rootCause()
        .isInstanceOf(SecretsRefusedException.class)
        .hasMessageContaining("yikao.accept-new-secrets=")
        .hasMessageContaining(file.toString())
        .satisfies(refused -> said[0] = refused.getMessage());
    for (var word : words) {
      assertThat(said[0]).contains(word);
    }
    var code = CODE.matcher(said[0]);
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  private static String anotherKey(int n) {
    var key = new byte[32];
    key[0] = (byte) n;
    return KEY + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  private String withKey(int n) {
    return lines.replaceAll("(?m)^participant-key=.*$", anotherKey(n));
  }

  @Test
  void fileThatIsLostEmptiedOrShortOfALine_isRefused_andNoKeyIsMade() throws IOException {
    Files.delete(file);
    refused("");
    assertThat(file).doesNotExist();
    for (var left :
        Map.of(
                "empty", "",
                "no key", lines.replaceAll("(?m)^participant-key.*$", ""),
                "no token", lines.replaceAll("(?m)^editor-token.*$", ""),
                "another key", withKey(1),
                "another token", lines.replace("editor-token-sha256=", "editor-token-sha256=A"))
            .entrySet()) {
      var written = left.getValue().replaceAll("(?m)^(editor-token-sha256=A.{42}).*$", "$1");
      Files.writeString(file, written);
      refused("");
      assertThat(file).as(left.getKey()).hasContent(written);
    }
    Files.writeString(file, lines);
    start("").close();
  }

  @Test
  void codeOfTheRefusal_acceptsOnce_andAgainstTheNextLossItHelpsNoMore() throws IOException {
    Files.writeString(file, withKey(1));
    var code = refused("");
    assertThat(refused("000000000000")).isEqualTo(code);
    start(code).close();
    start("").close();
    Files.writeString(file, withKey(2));
    assertThat(refused(code)).as("the setting was left in place").isNotEqualTo(code);
    Files.writeString(file, "");
    start(refused("")).close();
    assertThat(file).content().contains(KEY, "editor-token-sha256=");
    start("").close();
  }

  @Test
  void keyOfFewerThan32Bytes_isRefused() throws IOException {
    for (var key : new String[] {"", "AA", "A".repeat(42), "?"}) {
      Files.writeString(file, lines.replaceAll("(?m)^participant-key=.*$", KEY + key));
      assertThatThrownBy(() -> start(""))
          .rootCause()
          .isInstanceOf(SecretsRefusedException.class)
          .hasMessageContaining("participant-key")
          .hasMessageContaining("must be 32 bytes");
    }
  }

  /** As after an upgrade. */
  @Test
  void databaseWithoutFingerprints_takesTheKeysOfTheFile() throws IOException {
    try (var service = start("")) {
      var dsl = service.context().getBean(DSLContext.class);
      dsl.execute("delete from key_fingerprint");
    }
    Files.writeString(file, withKey(3));
    start("").close();
    Files.writeString(file, lines);
    refused("");
  }

  /** An upgraded database with attempts has had a key, whichever it was. */
  @Test
  void databaseThatMustHaveAKey_takesTheOneOfTheFile_andMakesNone() throws IOException {
    try (var service = start("")) {
      var dsl = service.context().getBean(DSLContext.class);
      dsl.execute("update key_fingerprint set fingerprint = null");
    }
    Files.writeString(file, "");
    refused("");
    Files.writeString(file, withKey(4));
    start("").close();
    Files.writeString(file, lines);
    refused("");
  }

  /** As an upgrade leaves them: the file of its time must have had both lines. */
  @Test
  void databaseOfAnEarlierRelease_wantsBothKeys() throws IOException {
    try (var saved = SecretsIT.class.getResourceAsStream("/saved/fourth-release.mv.db.gz");
        var unpacked = new GZIPInputStream(Objects.requireNonNull(saved))) {
      Files.copy(unpacked, folder.resolve("yikao.mv.db"));
    }
    database = TestService.file(folder);
    bank = Path.of("question-bank");
    Files.writeString(file, "");
    var both = refused("", "editor-token-sha256 is missing", "participant-key is missing");
    Files.writeString(file, lines.replaceAll("(?m)^participant-key.*$", ""));
    assertThat(refused(both, "participant-key is missing")).isNotEqualTo(both);
    Files.writeString(file, lines);
    start("").close();
  }

  /** What it costs is said of each, and a code gives up no more than was said. */
  @Test
  void codeOfOneLoss_doesNothingAgainstAnother() throws IOException {
    Files.writeString(file, lines.replaceAll("(?m)^editor-token.*$", ""));
    var code = refused("", "editor-token-sha256 is made anew, the editor's token before is void");
    Files.writeString(file, withKey(5).replaceAll("(?m)^editor-token.*$", ""));
    var both =
        refused(
            code,
            "editor-token-sha256 is missing, participant-key is not the same",
            "the editor's token before is void",
            "participant-key is taken from the file, participants are not known again");
    assertThat(both).isNotEqualTo(code);
    start(both).close();
  }

  /** Papers that were drawn are lost then; the service goes on with the folder's questions. */
  @Test
  void anotherDataKey_isRefusedWithWhatIsLost_andOnceAcceptedTheBankIsLoadedAnew()
      throws IOException {
    Files.writeString(
        file, lines.replaceAll("(?m)^data-key=.*$", anotherKey(6).replace(KEY, "data-key=")));
    var code =
        refused("", "data-key is not the same", "the questions of papers that were drawn", "试题");
    try (var service = start(code)) {
      assertThat(service.context().getBean(Bank.class).pool().size()).isPositive();
    }
    start("").close();
  }

  @Test
  void fingerprint_isNeitherTheKeyNorTheTokensDigest() {
    try (var service = start("")) {
      var stored =
          service
              .context()
              .getBean(DSLContext.class)
              .fetch("select fingerprint from key_fingerprint")
              .getValues(0, String.class);
      assertThat(stored)
          .hasSize(3)
          .doesNotHaveDuplicates()
          .allMatch(f -> f.matches("[0-9a-f]{64}"));
      assertThat(stored).doesNotContain("0".repeat(64));
      assertThat(lines).doesNotContain(stored);
    }
  }

  @Test
  void fileThatOthersCanRead_isClosed() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    start("").close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
