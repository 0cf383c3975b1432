package yikao.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time and memory of a process, or of a database's first process and all that it has started.
 *
 * @param pid 0: none
 */
record Processes(long pid, boolean family) {
  private static final double TICKS = 100;

  /** Seconds of CPU so far, with those of children that have ended. */
  double cpuSeconds() {
    var ticks = 0L;
    for (var one : pids()) {
      var fields = stat(one);
      if (fields.length > 16) {
        ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        if (family && one == pid) {
          ticks += Long.parseLong(fields[15]) + Long.parseLong(fields[16]);
        }
      }
    }
    return ticks / TICKS;
  }

  /** Megabytes in memory; what several processes share is divided between them. */
  double megabytes() {
    return pids().stream().mapToLong(this::kilobytes).sum() / 1024.0;
  }

  private long kilobytes(long one) {
    var file = family ? "/proc/%d/smaps_rollup" : "/proc/%d/status";
    var name = family ? "Pss:" : "VmRSS:";
    try {
      for (var line : Files.readAllLines(Path.of(file.formatted(one)))) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // it has ended, or belongs to somebody else
    }
    return 0;
  }

  private List<Long> pids() {
    if (pid == 0) {
      return List.of();
    }
    var pids = new ArrayList<>(List.of(pid));
    if (family) {
      ProcessHandle.of(pid).ifPresent(p -> p.descendants().forEach(d -> pids.add(d.pid())));
    }
    return pids;
  }

  /** The fields of /proc/pid/stat by the numbers of its manual page, less one. */
  private static String[] stat(long pid) {
    try {
      var text = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
      return ("0 0 " + text.substring(text.lastIndexOf(')') + 2)).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }
}
