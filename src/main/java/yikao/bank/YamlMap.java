package yikao.bank;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file that remembers its place and takes every value as text, so that a clerk
 * need not know that {@code 1.10} or {@code no} mean something else to a machine.
 */
final class YamlMap {
  private final String file;
  private final int line;
  private final Map<String, Node> fields = new LinkedHashMap<>();
  private final List<BankProblem> problems;

  YamlMap(String file, Node node, List<BankProblem> problems) {
    this.file = file;
    this.line = line(node);
    this.problems = problems;
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        if (fields.put(name, tuple.getValueNode()) != null) {
          problem(line(tuple.getKeyNode()), name, "写了两遍");
        }
      }
    } else {
      problem(line, "", "这里应当是“名称: 内容”的形式");
    }
  }

  int line() {
    return line;
  }

  Set<String> names() {
    return fields.keySet();
  }

  void onlyNames(Set<String> known) {
    fields.forEach((name, node) -> {
      if (!known.contains(name)) {
        problem(line(node), name, "没有这样一栏；可用的有 " + String.join("、", known));
      }
    });
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The text of a field that must be there; empty, with a problem noted, where it is not. */
  String text(String name) {
    var node = fields.get(name);
    if (node == null) {
      problem(line, name, "缺少这一栏");
      return "";
    }
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      problem(line(node), name, "应当是一段文字");
      return "";
    }
    return scalar.getValue().strip();
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)).filter(text -> !text.isEmpty()) : Optional.empty();
  }

  /** The items of a list, or the one item that stands in place of a list. */
  List<Node> items(String name) {
    var node = fields.get(name);
    if (node == null) {
      problem(line, name, "缺少这一栏");
      return List.of();
    }
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  /** The texts of a list, or of the one text that stands in place of a list. */
  List<String> texts(String name) {
    return texts(name, items(name));
  }

  List<String> texts(String name, List<Node> items) {
    var texts = new ArrayList<String>();
    for (var item : items) {
      if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        texts.add(scalar.getValue().strip());
      } else {
        problem(line(item), name, "应当是一段文字");
      }
    }
    return texts;
  }

  Optional<YamlMap> map(String name) {
    return Optional.ofNullable(fields.get(name)).map(node -> new YamlMap(file, node, problems));
  }

  List<YamlMap> maps(String name) {
    return items(name).stream().map(node -> new YamlMap(file, node, problems)).toList();
  }

  int line(String name) {
    var node = fields.get(name);
    return node == null ? line : line(node);
  }

  void problem(String name, String reason) {
    problem(line(name), name, reason);
  }

  private void problem(int at, String name, String reason) {
    problems.add(new BankProblem(file, at, name, reason));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
