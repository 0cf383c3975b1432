package yikao.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the bank's folder: {@code areas.yaml}, {@code documents.yaml}, and a folder for each area.
 */
final class BankReader {
  private static final Map<String, Document.Force> FORCE =
      Map.of(
          "现行", Document.Force.CURRENT,
          "存疑", Document.Force.DOUBTFUL,
          "失效", Document.Force.SUPERSEDED);

  private final Path folder;
  private final List<BankProblem> problems = new ArrayList<>();
  private final Yaml yaml = new Yaml(options());

  private BankReader(Path folder) {
    this.folder = folder;
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(64 * 1024 * 1024);
    options.setMaxAliasesForCollections(0);
    return options;
  }

  /**
   * Reads the whole bank.
   *
   * @throws BankInvalidException with every problem found
   */
  static BankFiles read(Path folder) {
    return new BankReader(folder).read();
  }

  /**
   * The areas alone.
   *
   * @throws BankInvalidException with every problem found
   */
  static List<Area> areas(Path folder) {
    var reader = new BankReader(folder);
    var areas = reader.areas();
    if (!reader.problems.isEmpty()) {
      throw new BankInvalidException(reader.problems);
    }
    return areas;
  }

  static boolean isYaml(Path path) {
    return path.toString().endsWith(".yaml") || path.toString().endsWith(".yml");
  }

  private BankFiles read() {
    if (!Files.isDirectory(folder)) {
      throw new BankInvalidException(
          List.of(new BankProblem(folder.toString(), 0, "", "题库文件夹不存在")));
    }
    var areas = areas();
    var documents = documents();
    var entries = new ArrayList<BankFiles.FileQuestion>();
    for (var path : questionFiles()) {
      entries.addAll(questions(path, areas, documents));
    }
    uniqueIds(entries);
    uniqueCodes(areas);
    if (!problems.isEmpty()) {
      throw new BankInvalidException(problems);
    }
    return new BankFiles(areas, documents, entries);
  }

  private List<Path> questionFiles() {
    try (var files = Files.walk(folder, 2)) {
      return files
          .filter(path -> path.getNameCount() == folder.getNameCount() + 2)
          .filter(BankReader::isYaml)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Area> areas() {
    return root("areas.yaml").map(root -> root.maps("方面")).orElse(List.of()).stream()
        .map(map -> new Area(map.text("代码"), map.text("名称")))
        .toList();
  }

  private Map<String, Document> documents() {
    var documents = new LinkedHashMap<String, Document>();
    for (var map : root("documents.yaml").map(root -> root.maps("文件")).orElse(List.of())) {
      var force = FORCE.get(map.text("效力"));
      if (force == null) {
        map.problem("效力", "应当是 现行、存疑、失效 之一");
      } else {
        var document = new Document(map.text("代码"), map.text("标题"), map.text("版本"), force);
        if (documents.putIfAbsent(document.code(), document) != null) {
          map.problem("代码", "写了两遍：" + document.code());
        }
      }
    }
    return documents;
  }

  private List<BankFiles.FileQuestion> questions(
      Path path, List<Area> areas, Map<String, Document> documents) {
    var file = folder.relativize(path).toString();
    var found = root(file);
    if (found.isEmpty()) {
      return List.of();
    }
    var root = found.get();
    root.onlyNames(Set.of("方面", "文件", "版本", "试题"));
    var area = root.text("方面");
    if (!area.isEmpty() && areas.stream().noneMatch(a -> a.code().equals(area))) {
      root.problem("方面", "areas.yaml 中没有 " + area);
    }
    if (!area.isEmpty() && !folderArea(file).equals(area)) {
      root.problem("方面", "与所在文件夹不符");
    }
    var document = document(root, documents);
    if (document.isEmpty()) {
      return List.of();
    }
    var entries = new ArrayList<BankFiles.FileQuestion>();
    for (var map : root.maps("试题")) {
      new QuestionReader(map, area, document.get())
          .read()
          .ifPresent(read ->
              entries.add(
                  new BankFiles.FileQuestion(
                      read.question(), read.status(), file, map.line(), read.saysOrder())));
    }
    return entries;
  }

  /** The area that a file's folder names: {@code 09-constitution} is for {@code constitution}. */
  private static String folderArea(String file) {
    return file.split("[/\\\\]", -1)[0].replaceFirst("^\\d+-", "");
  }

  private static Optional<Document> document(YamlMap root, Map<String, Document> documents) {
    var code = root.text("文件");
    var version = root.text("版本");
    var document = Optional.ofNullable(documents.get(code));
    if (document.isEmpty()) {
      root.problem("文件", "documents.yaml 中没有 " + code);
      return document;
    }
    if (!document.get().version().equals(version)) {
      root.problem(
          "版本", "documents.yaml 中这份文件的版本是“%s”；请逐题核对后再改".formatted(document.get().version()));
    }
    if (document.get().force() == Document.Force.SUPERSEDED) {
      root.problem("文件", "这份文件已经失效，不得出题");
    }
    return document;
  }

  private Optional<YamlMap> root(String file) {
    var path = folder.resolve(file);
    try (var reader = Files.newBufferedReader(path)) {
      var node = yaml.compose(reader);
      if (node == null) {
        problems.add(new BankProblem(file, 0, "", "文件是空的"));
        return Optional.empty();
      }
      return Optional.of(new YamlMap(file, node, problems));
    } catch (IOException e) {
      problems.add(new BankProblem(file, 0, "", "读不出这个文件"));
    } catch (MarkedYAMLException e) {
      problems.add(syntax(file, path, e));
    } catch (YAMLException e) {
      problems.add(
          new BankProblem(
              file,
              0,
              "",
              e.getCause() instanceof CharacterCodingException
                  ? "文件不是 UTF-8 编码，请用 UTF-8 保存"
                  : "文件中有不能显示的字符，或格式不对"));
    }
    return Optional.empty();
  }

  private static BankProblem syntax(String file, Path path, MarkedYAMLException e) {
    var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    var line = mark == null ? 0 : mark.getLine() + 1;
    for (var near = line; near >= Math.max(1, line - 1); near--) {
      if (isFullWidthColon(path, near)) {
        return new BankProblem(file, near, "", "这一行像是用了全角冒号“：”，请改成半角冒号加一个空格“: ”");
      }
    }
    return new BankProblem(file, line, "", "格式不对：请检查缩进（用空格，不用制表符）、冒号后的空格，以及含特殊符号的内容是否加了英文引号");
  }

  private static boolean isFullWidthColon(Path path, int line) {
    try (var lines = Files.lines(path)) {
      return lines
          .skip(line - 1L)
          .findFirst()
          .filter(text -> text.matches("\\s*(- )?[^\\s:：]{1,6}：.*"))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private void uniqueIds(List<BankFiles.FileQuestion> entries) {
    var seen = new HashMap<String, BankFiles.FileQuestion>();
    for (var entry : entries) {
      var other = seen.putIfAbsent(entry.question().id(), entry);
      if (other != null) {
        problems.add(
            new BankProblem(
                entry.file(),
                entry.line(),
                "编号",
                "%s 已经用在 %s 第 %d 行".formatted(entry.question().id(), other.file(), other.line())));
      }
    }
  }

  private void uniqueCodes(List<Area> areas) {
    var codes = new HashSet<String>();
    var doubled =
        areas.stream()
            .map(Area::code)
            .filter(code -> !codes.add(code))
            .collect(Collectors.joining("、"));
    if (!doubled.isEmpty()) {
      problems.add(new BankProblem("areas.yaml", 0, "代码", "写了两遍：" + doubled));
    }
  }
}
