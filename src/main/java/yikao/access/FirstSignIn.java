package yikao.access;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.Leases;
import yikao.db.OwnerOnly;

/**
 * The first administrator, made where there is no account yet: the one-time password lies in a file
 * beside the secrets, for their owner alone, since what is printed stays in logs that are kept. The
 * file goes when the password is changed.
 */
@Singleton
final class FirstSignIn implements ApplicationEventListener<StartupEvent> {
  static final String FILE = "first-password";
  static final String NAME = "admin";

  private static final String LOCK = "first-account";
  private static final Logger LOG = LoggerFactory.getLogger(FirstSignIn.class);

  private final Accounts accounts;
  private final Leases leases;
  private final FirstAccess firstAccess;
  private final Path path;
  private final String address;

  FirstSignIn(
      Accounts accounts,
      Leases leases,
      @Value("${yikao.first-access}") FirstAccess firstAccess,
      @Value("${yikao.secrets}") String secrets,
      @Value("${yikao.public-address:}") String publicAddress,
      @Value("${yikao.address}:${yikao.port}") String ownAddress) {
    this.accounts = accounts;
    this.leases = leases;
    this.firstAccess = firstAccess;
    this.path = Path.of(secrets).resolveSibling(FILE);
    this.address = publicAddress.isBlank() ? "http://" + ownAddress : publicAddress;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    if (firstAccess == FirstAccess.PASSWORD) {
      leases.exclusively(
          LOCK,
          dsl -> {
            accounts.first(dsl, NAME, "系统管理员").ifPresent(made -> write(made.password()));
            return true;
          });
    }
    say();
  }

  private void write(String password) {
    try {
      var fresh = path.resolveSibling(FILE + ".new");
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      Files.writeString(fresh, password + System.lineSeparator(), StandardOpenOption.WRITE);
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SecretsRefusedException(
          "首个密码不能写入文件 the first password cannot be written to its file: %s (%s)"
              .formatted(path, e));
    }
  }

  @SuppressWarnings("SystemOut")
  private void say() {
    if (Files.exists(path)) {
      System.out.printf(
          "%n  控制台 console: %s%s  用户名 name: %s%n"
              + "  一次性密码在文件里 one-time password in the file: %s%n"
              + "  首次登录后改密码，文件即删去"
              + " the file goes when the password is changed at the first sign-in%n%n",
          address, Callers.CONSOLE, NAME, path.toAbsolutePath());
    }
  }

  /** An account has changed its password. */
  void changed(Account account) {
    if (account.name().equals(NAME)) {
      try {
        if (Files.deleteIfExists(path)) {
          LOG.info("the first password was changed, its file is deleted: {}", path);
        }
      } catch (IOException e) {
        LOG.warn(
            "the file of the first password cannot be deleted, please do: {} ({})",
            path,
            e.toString());
      }
    }
  }
}
