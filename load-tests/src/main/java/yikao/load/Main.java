package yikao.load;

import java.io.IOException;
import java.util.ArrayList;

/** Runs one measurement: {@code java -cp load-tests/target/classes yikao.load.Main MODE --name=value …}. */
public final class Main {
  private Main() {}

  /** Ends with 1 where an error or a wrong score was seen. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println("ceiling | saves | start-rush | submit-rush | overload | delay-proxy");
      System.exit(2);
    }
    var options = Options.of(arguments, 1);
    var fine =
        switch (arguments[0]) {
          case "ceiling" -> loop("ceiling", options, false);
          case "saves" -> loop("saves", options, true);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.exit(fine ? 0 : 1);
  }

  private static boolean loop(String mode, Options options, boolean saves)
      throws IOException, InterruptedException {
    var quiz = Quizzes.create(options);
    var keys = Quizzes.learn(options, quiz);
    Report.say("quiz %s, %d keys learned", quiz, keys.size());
    var measured = new Measured(options);
    var seconds = options.seconds("seconds", 30);
    var phase = Phase.from(System.nanoTime(), options.seconds("warmup", 15), seconds);
    var tally = run(options, quiz, keys, saves, phase, measured);
    return Report.print(mode, options, tally, seconds.toNanos() / 1e9, measured);
  }

  /** Closed loops on all connections, through the phase. */
  static Tally run(
      Options options, String quiz, Keys keys, boolean saves, Phase phase, Measured measured)
      throws InterruptedException {
    var loops = new ArrayList<ClosedLoop>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < options.number("connections", 32); i++) {
      var loop =
          new ClosedLoop(new Client(options.address(), 100 + i), quiz, keys, saves, phase);
      loops.add(loop);
      threads.add(Thread.ofPlatform().start(loop));
    }
    measured.watch(phase);
    var tally = new Tally();
    for (var thread : threads) {
      thread.join();
    }
    loops.forEach(loop -> tally.add(loop.tally()));
    return tally;
  }
}
