package yikao.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as an operator types them. */
final class Commands {
  private Commands() {}

  /** Runs to the end, its words on the build's terminal, and returns its exit status. */
  static int run(List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
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
