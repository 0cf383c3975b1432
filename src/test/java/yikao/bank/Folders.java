package yikao.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A bank's folder written for a test: one area and one document in force unless said otherwise. */
final class Folders {
  static final String FILE = "01-charter/charter.yaml";

  static final String HEAD =
      """
      方面: charter
      文件: doc
      版本: 2022年
      试题:
      """;

  static final String SINGLE =
      """
        - 编号: 01-charter-001
          题型: 单选
          难度: 1
          题干: 党的最高理想和最终目标是什么？
          选项:
            A: 实现共同富裕
            B: 实现共产主义
            C: 实现民族复兴
          答案: B
          解析: 党章总纲写明。
          出处: 第一条
          原文: 最终目标是实现共产主义
      """;

  private final Path root;

  Folders(Path root) {
    this.root = root;
    write(
        "areas.yaml",
        """
        方面:
          - 代码: charter
            名称: 党章
          - 代码: discipline
            名称: 纪律
        """);
    write(
        "documents.yaml",
        """
        文件:
          - 代码: doc
            标题: 章程
            版本: 2022年
            效力: 现行
          - 代码: doubtful
            标题: 旧规
            版本: 1995年
            效力: 存疑
          - 代码: old
            标题: 旧法
            版本: 1990年
            效力: 失效
        """);
  }

  Folders write(String file, String text) {
    try {
      var path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The usual file with these questions. */
  Folders questions(String... questions) {
    return write(FILE, HEAD + String.join("", questions));
  }

  BankFiles read() {
    return BankReader.read(root);
  }

  BankCheck.Findings check() {
    return BankCheck.check(read(), Optional.empty());
  }

  /** A single-choice question about something else for each number. */
  static String single(int number, String stem, String key, String... choices) {
    var text =
        new StringBuilder(
            """
              - 编号: 01-charter-%03d
                题型: 单选
                难度: 1
                题干: %s
                选项:
            """
                .formatted(number, stem));
    for (var i = 0; i < choices.length; i++) {
      text.append("      %c: %s%n".formatted('A' + i, choices[i]));
    }
    return text
        + """
            答案: %s
            解析: 如此。
            出处: 第一条
            原文: 如此
        """
            .formatted(key);
  }

  /** A question of any type. */
  static String question(int number, String type, String stem, String fields) {
    return """
      - 编号: 01-charter-%03d
        题型: %s
        难度: 2
        题干: %s
        解析: 如此。
        出处: 第一条
        原文: 如此
    %s\
    """
        .formatted(number, type, stem, fields.indent(4));
  }
}
