package yikao.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as an operator types them. */
final class Commands {
  private Commands() {}

  /** Runs to the end, its words on the build's terminal, and returns its exit status. */
  static int run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("took too long: " + command);
    }
    return process.exitValue();
  }
}
