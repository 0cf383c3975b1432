package yikao.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.OwnerOnly;

/**
 * The editor's token as it was made, in a file beside the secrets, for their owner alone: what is
 * printed stays in logs that are kept. The file goes when a call with the token has succeeded, on
 * whichever node that has the same file of secrets.
 */
final class FirstToken {
  static final String NAME = "editor-token";
  private static final Logger LOG = LoggerFactory.getLogger(FirstToken.class);

  private final Path path;
  private volatile boolean isThere;

  FirstToken(Path secrets) {
    this.path = secrets.resolveSibling(NAME);
  }

  /**
   * Writes a token that was just made; one of before is void.
   *
   * @throws SecretsRefusedException where the file cannot be written
   */
  void write(String token) {
    try {
      var folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.createFolders(folder);
      }
      var fresh = path.resolveSibling(NAME + ".new");
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      Files.writeString(fresh, token + System.lineSeparator(), StandardOpenOption.WRITE);
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SecretsRefusedException(
          "编辑口令不能写入文件 the editor token cannot be written to its file: %s (%s)".formatted(path, e));
    }
  }

  /** Says at the start that the file is there, where it is; what is in it goes to no log. */
  @SuppressWarnings("SystemOut")
  void say(byte[] editorHash) {
    try {
      if (!Files.exists(path)) {
        return;
      }
      var _ = OwnerOnly.mend(path);
      isThere = isOf(editorHash);
      if (isThere) {
        System.out.printf(
            "%n  编辑口令在文件里 editor token in the file: %s%n"
                + "  请先另存；用它成功调用一次之后，文件即删去"
                + " keep a copy; the file goes after the first call that succeeds with it%n%n",
            path.toAbsolutePath());
      } else {
        LOG.warn("the token in {} is not the editor's: the file can be deleted", path);
      }
    } catch (IOException e) {
      LOG.warn("the file of the editor's token cannot be read: {} ({})", path, e.toString());
    }
  }

  /** A call with the editor's token has succeeded. */
  void used(byte[] editorHash) {
    if (isThere) {
      isThere = false;
      delete(editorHash);
    }
  }

  private void delete(byte[] editorHash) {
    try {
      // another node may have made a new token since
      if (isOf(editorHash) && Files.deleteIfExists(path)) {
        LOG.info("the editor's token was used, its file is deleted: {}", path);
      }
    } catch (NoSuchFileException _) {
      // another node was faster
    } catch (IOException e) {
      LOG.warn(
          "the file of the editor's token cannot be deleted, please do: {} ({})",
          path,
          e.toString());
    }
  }

  private boolean isOf(byte[] editorHash) throws IOException {
    return MessageDigest.isEqual(Secrets.sha256(Files.readString(path).strip()), editorHash);
  }
}
