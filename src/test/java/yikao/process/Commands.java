package yikao.process;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as an operator types them. */
final class Commands {
  private Commands() {}

  /** Runs to the end, its words on the build's terminal, and returns its exit status. */
  static int run(List<String> command) throws IOException {
    return run(command, ProcessBuilder.Redirect.INHERIT);
  }

  /**
   * How a command has ended.
   *
   * @param output all that it has said
   */
  record Ended(int status, String output) {}

  /** Runs to the end, and keeps its words. */
  static Ended ended(List<String> command) throws IOException {
    var output = Files.createTempFile("yikao-command", ".log");
    try {
      var status = run(command, ProcessBuilder.Redirect.to(output.toFile()));
      return new Ended(status, Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  private static int run(List<String> command, ProcessBuilder.Redirect output) throws IOException {
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    try {
      if (process.waitFor(5, TimeUnit.MINUTES)) {
        return process.exitValue();
      }
      throw new IllegalStateException("took too long: " + command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
