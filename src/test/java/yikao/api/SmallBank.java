package yikao.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A bank's folder for contracts, small enough to know every question of it. Each document stands
 * for the questions that a quiz draws from. The text of a choice says whether it is right.
 */
final class SmallBank {
  static final String RIGHT = "正解";
  static final String WRONG = "误解";

  /** Ten of eleven are drawn: two papers differ in one question. */
  static final String ELEVEN = "eleven";

  static final String FOURTEEN = "fourteen";
  static final String THREE = "three";
  static final String ESSAY = "essay";

  private final Path root;
  private final TreeSet<String> documents = new TreeSet<>();

  SmallBank() throws IOException {
    root = Files.createTempDirectory("yikao-bank");
    Files.writeString(root.resolve("areas.yaml"), "方面:\n  - 代码: charter\n    名称: 党章\n");
    document(ELEVEN, singles(ELEVEN, 11));
    document(FOURTEEN, singles(FOURTEEN, 14));
    document(THREE, singles(THREE, 3));
    document(ESSAY, question("01-essay-001", "简答", "为什么？", "答案: [因为如此]"));
  }

  Path root() {
    return root;
  }

  /** Writes the questions of a document; instead of those that it had. */
  SmallBank document(String code, String... questions) {
    try {
      documents.add(code);
      var all = new StringBuilder("文件:\n");
      for (var document : documents) {
        all.append("  - 代码: %s%n    标题: 章程%1$s%n    版本: 2022年%n    效力: 现行%n".formatted(document));
      }
      Files.writeString(root.resolve("documents.yaml"), all);
      var folder = Files.createDirectories(root.resolve("01-charter"));
      Files.writeString(
          folder.resolve(code + ".yaml"),
          "方面: charter\n文件: %s\n版本: 2022年\n试题:\n".formatted(code) + String.join("", questions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String question(String id, String type, String stem, String fields) {
    return """
      - 编号: %s
        题型: %s
        难度: 2
        题干: %s
        解析: 如此。
        出处: 第一条
        原文: 如此
    %s\
    """
        .formatted(id, type, stem, fields.indent(4));
  }

  /** A question with these choices, lettered from A on. */
  static String choosing(String id, String type, String stem, String key, String... choices) {
    var fields = new StringBuilder("选项:\n");
    for (var i = 0; i < choices.length; i++) {
      fields.append("  %c: %s%n".formatted('A' + i, choices[i]));
    }
    return question(id, type, stem, fields + "答案: " + key);
  }

  private static String[] singles(String document, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n ->
            choosing(
                "01-%s-%03d".formatted(document, n),
                "单选",
                "%s的第%d问？".formatted(document, n),
                "A",
                RIGHT + n,
                WRONG + n,
                "谬" + n))
        .toArray(String[]::new);
  }
}
