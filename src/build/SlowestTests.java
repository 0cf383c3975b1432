import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Prints the ten slowest test classes of this build, each with its slowest method.
 *
 * <p>Arguments: the instant at which the build began (older reports are left out), and the folders
 * of reports.
 */
final class SlowestTests {
  private record TestClass(String name, double seconds, String slowest, double slowestSeconds) {}

  public static void main(String[] args) throws Exception {
    var began = Instant.parse(args[0]);
    var classes = new ArrayList<TestClass>();
    for (var i = 1; i < args.length; i++) {
      var folder = Path.of(args[i]);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (var reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
        for (var report : reports) {
          if (!Files.getLastModifiedTime(report).toInstant().isBefore(began)) {
            classes.add(read(report));
          }
        }
      }
    }
    classes.sort(Comparator.comparingDouble(TestClass::seconds).reversed());
    if (!classes.isEmpty()) {
      System.out.println("The slowest tests (seconds; in brackets the slowest method):");
    }
    classes.stream()
        .limit(10)
        .forEach(test ->
            System.out.printf(
                "%8.1f  %s (%s %.1f)%n",
                test.seconds, test.name, test.slowest, test.slowestSeconds));
  }

  private static TestClass read(Path report) throws IOException, XMLStreamException {
    var name = report.toString();
    var seconds = 0.0;
    var slowest = "none";
    var slowestSeconds = 0.0;
    try (var in = Files.newInputStream(report)) {
      var xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (xml.getLocalName().equals("testsuite")) {
          name = xml.getAttributeValue(null, "name");
          seconds = Double.parseDouble(xml.getAttributeValue(null, "time"));
        } else if (xml.getLocalName().equals("testcase")) {
          var time = Double.parseDouble(xml.getAttributeValue(null, "time"));
          if (time >= slowestSeconds) {
            slowest = xml.getAttributeValue(null, "name");
            slowestSeconds = time;
          }
        }
      }
    }
    return new TestClass(name, seconds, slowest, slowestSeconds);
  }
}
