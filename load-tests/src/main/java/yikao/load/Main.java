package yikao.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Runs one measurement: {@code java -cp load-tests/target/classes yikao.load.Main MODE --name=value
 * …}.
 */
public final class Main {
  private static final int WARM_CONNECTIONS = 32;

  private Main() {}

  /** Ends with 1 where an error or a wrong score was seen. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println(
          "ceiling | saves | start-rush | submit-rush | overload | phones | delay-proxy");
      System.exit(2);
    }
    var options = Options.of(arguments, 1);
    if (arguments[0].equals("delay-proxy")) {
      var millis = options.seconds("millis", 5).toNanos() / 1e9;
      DelayProxy.serve(options.number("port", 5_433), options.number("target", 5_432), millis);
    }
    if (arguments[0].equals("phones")) {
      System.exit(new Phones(options).open() ? 0 : 1);
    }
    System.exit(run(arguments[0], options) ? 0 : 1);
  }

  private static boolean run(String mode, Options options)
      throws IOException, InterruptedException {
    var quiz = Quizzes.create(options);
    var keys = Quizzes.learn(options, quiz);
    Report.say("quiz %s, %d keys learned", quiz, keys.size());
    return switch (mode) {
      case "ceiling" -> loop(mode, options, quiz, keys, false);
      case "saves" -> loop(mode, options, quiz, keys, true);
      case "start-rush", "submit-rush" -> rush(mode, options, quiz, keys);
      case "overload" -> overload(options, quiz, keys);
      default -> throw new IllegalArgumentException(mode);
    };
  }

  private static boolean rush(String mode, Options options, String quiz, Keys keys)
      throws IOException, InterruptedException {
    var measured = new Measured(options);
    warmUp(options, quiz, keys);
    var rush = new Rush(options, quiz, keys);
    var tally = mode.startsWith("start") ? rush.starts(measured) : rush.submissions(measured);
    return Report.print(mode, options, tally, rush.seconds(), measured);
  }

  private static boolean overload(Options options, String quiz, Keys keys)
      throws IOException, InterruptedException {
    var measured = new Measured(options);
    warmUp(options, quiz, keys);
    var kept = new Overload(options, Quizzes.create(options), keys).run(measured);
    var phase = Phase.from(System.nanoTime(), Duration.ofSeconds(1), Duration.ofSeconds(5));
    var after = run(options, quiz, keys, false, phase, measured, WARM_CONNECTIONS);
    return Report.print("after overload", options, after, 5, measured) && kept;
  }

  private static void warmUp(Options options, String quiz, Keys keys) throws InterruptedException {
    var phase = Phase.from(System.nanoTime(), options.seconds("warmup", 15), Duration.ZERO);
    run(options, quiz, keys, false, phase, new Measured(options), WARM_CONNECTIONS);
  }

  private static boolean loop(String mode, Options options, String quiz, Keys keys, boolean saves)
      throws InterruptedException {
    var measured = new Measured(options);
    var seconds = options.seconds("seconds", 30);
    var attempts = options.number("attempts", 0);
    var began = System.nanoTime();
    var phase =
        attempts == 0
            ? Phase.from(began, options.seconds("warmup", 15), seconds)
            : Phase.of(began, attempts);
    var connections = options.number("connections", 32);
    var tally = run(options, quiz, keys, saves, phase, measured, connections);
    return Report.print(mode, options, tally, seconds.toNanos() / 1e9, measured);
  }

  /** Closed loops on all connections, through the phase. */
  private static Tally run(
      Options options,
      String quiz,
      Keys keys,
      boolean saves,
      Phase phase,
      Measured measured,
      int connections)
      throws InterruptedException {
    var loops = new ArrayList<ClosedLoop>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < connections; i++) {
      var loop = new ClosedLoop(new Client(options.address(), 100 + i), quiz, keys, saves, phase);
      loops.add(loop);
      threads.add(Thread.ofPlatform().start(loop));
    }
    Measured.await(phase.measuredFrom());
    measured.begin();
    phase.awaitEnd(threads);
    measured.end();
    for (var thread : threads) {
      thread.join();
    }
    var tally = new Tally();
    loops.forEach(loop -> tally.add(loop.tally()));
    return tally;
  }
}
