package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.db.jooq.Tables.QUESTION;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
      assertThat(bank(service).load(Actor.EDITOR).changed()).isEqualTo(1);
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
    start().close();
    new Folders(other).questions(Folders.SINGLE);
    try (var service =
        TestService.start(Map.of("yikao.database.url", database, "yikao.bank", other.toString()))) {
      assertThat(bank(service).pool().size()).isEqualTo(1);
    }
    try (var service = start()) {
      assertThat(bank(service).pool().size()).isEqualTo(2);
      assertThat(bank(service).pool().revision()).isEqualTo(3);
    }
  }
}
