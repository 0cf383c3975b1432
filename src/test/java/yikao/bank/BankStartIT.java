package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.db.jooq.Tables.QUESTION;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import yikao.TestService;
import yikao.access.Actor;
import yikao.db.Transactions;

/** What a start makes of the bank's folder and of what the database has already. */
class BankStartIT {
  @TempDir Path root;
  private String database;
  private Folders folder;

  @BeforeEach
  void write() {
    database = TestService.memory();
    folder = new Folders(root).questions(Folders.SINGLE, judge("如此这般。"));
  }

  private static String judge(String stem) {
    return question(2, "判断", stem, "答案: 对");
  }

  private TestService start() {
    return TestService.start(Map.of("yikao.database.url", database, "yikao.bank", root.toString()));
  }

  private static Bank bank(TestService service) {
    return service.context().getBean(Bank.class);
  }

  private static void retire(TestService service) {
    service
        .context()
        .getBean(Transactions.class)
        .write(dsl ->
            dsl.update(QUESTION)
                .set(QUESTION.STATUS, "retired")
                .where(QUESTION.ID.eq("01-charter-001"))
                .execute());
  }

  @Test
  void filesUnchanged_takenFromTheDatabase_andALoadReadsThemAllTheSame() {
    try (var service = start()) {
      assertThat(bank(service).pool().size()).isEqualTo(2);
      retire(service);
    }
    try (var service = start()) {
      assertThat(bank(service).pool().size()).as("the files were not read").isEqualTo(1);
      assertThat(bank(service).pool().revision()).isEqualTo(1);
      assertThat(bank(service).areas()).extracting(Area::code).contains("charter", "discipline");
      assertThat(bank(service).load(Actor.of("token:editor"), Optional.empty()).changed())
          .isEqualTo(1);
      assertThat(bank(service).pool().size()).isEqualTo(2);
      retire(service);
    }
    try (var service = start()) {
      assertThat(bank(service).pool().size()).as("the load noted its files").isEqualTo(1);
    }
  }

  @Test
  void filesChanged_read() {
    start().close();
    folder.questions(Folders.SINGLE, judge("并非这般。"));
    try (var service = start()) {
      assertThat(bank(service).pool().revision()).isEqualTo(2);
      assertThat(bank(service).versionsOf("01-charter-002")).hasSize(2);
    }
    folder.write("01-charter/more.yaml", Folders.HEAD + question(3, "判断", "另有一说。", "答案: 错"));
    try (var service = start()) {
      assertThat(bank(service).pool().size()).isEqualTo(3);
    }
  }

  @Test
  void onlyACommentChanged_noNewRevision() {
    start().close();
    folder.questions("  # 说明\n", Folders.SINGLE, judge("如此这般。"));
    try (var service = start()) {
      assertThat(bank(service).pool().revision()).isEqualTo(1);
    }
  }

  @Test
  void anotherFolderLoadedMeanwhile_readAgain(@TempDir Path other) {
    folder.questions(judges(10));
    start().close();
    new Folders(other).questions(judges(11));
    try (var service =
        TestService.start(Map.of("yikao.database.url", database, "yikao.bank", other.toString()))) {
      assertThat(bank(service).pool().size()).isEqualTo(11);
    }
    try (var service = start()) {
      assertThat(bank(service).pool().size()).isEqualTo(10);
      assertThat(bank(service).pool().revision()).isEqualTo(3);
    }
  }

  private static String[] judges(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> question(i, "判断", "如此这般第" + i + "说。", "答案: 对"))
        .toArray(String[]::new);
  }

  /** What is logged as an error while the service starts. */
  private List<String> errorsOfAStart(Consumer<Bank> look) {
    var log = (Logger) LoggerFactory.getLogger(Bank.class);
    var seen = new ListAppender<ILoggingEvent>();
    seen.start();
    log.addAppender(seen);
    try (var service = start()) {
      look.accept(bank(service));
    } finally {
      log.detachAppender(seen);
    }
    return seen.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void halfOfTheFilesMissing_theOldBankStaysInUse_andAnErrorSaysWhatIsMissing() {
    folder.questions(judges(8)).write("01-charter/more.yaml", MORE);
    start().close();
    folder.delete("01-charter/more.yaml");
    for (var again = 0; again < 2; again++) {
      var errors =
          errorsOfAStart(bank -> {
            assertThat(bank.pool().size()).isEqualTo(10);
            assertThat(bank.pool().revision()).isEqualTo(1);
            assertThat(bank.areas()).contains(new Area("charter", "党章"));
          });
      assertThat(errors).hasSize(1);
      assertThat(errors.getFirst()).contains("stays in use", "2 of 10", "《旧规》2");
    }
    folder.write("01-charter/more.yaml", MORE);
    assertThat(errorsOfAStart(bank -> assertThat(bank.pool().size()).isEqualTo(10))).isEmpty();
  }

  private static final String MORE =
      Folders.HEAD.replace("doc", "doubtful").replace("2022年", "1995年")
          + question(21, "判断", "另有一说甲。", "答案: 错")
          + question(22, "判断", "另有一说乙。", "答案: 错");

  @Test
  void folderMissing_orBad_theOldBankStaysInUse() throws IOException {
    start().close();
    folder.questions(Folders.SINGLE.replace("难度: 1", "难度：1"));
    assertThat(errorsOfAStart(bank -> assertThat(bank.pool().size()).isEqualTo(2)))
        .singleElement()
        .asString()
        .contains(Folders.FILE, "全角冒号");
    Files.move(root, root.resolveSibling(root.getFileName() + "-away"));
    var errors =
        errorsOfAStart(bank -> {
          assertThat(bank.pool().size()).isEqualTo(2);
          assertThat(bank.areas()).containsExactly(new Area("charter", "charter"));
        });
    Files.move(root.resolveSibling(root.getFileName() + "-away"), root);
    assertThat(errors).singleElement().asString().contains("题库文件夹不存在");
  }
}
