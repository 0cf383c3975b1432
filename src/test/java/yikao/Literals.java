package yikao;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What stands between quotes in a Java file; not in comments, nor in the arguments of annotations.
 */
final class Literals extends TreeScanner<Void, Void> {
  /**
   * A literal within the arguments of a call.
   *
   * @param method as it is called: {@code texts.of}
   * @param index of the argument that the literal is a part of
   */
  record Argument(String method, int index, String text) {}

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final List<String> texts = new ArrayList<>();
  private final List<Argument> arguments = new ArrayList<>();

  static Literals of(String source) {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    return parse(COMPILER.getStandardFileManager(null, null, null), List.of(file))
        .values()
        .iterator()
        .next();
  }

  /** Those of each file. */
  static Map<Path, Literals> of(Collection<Path> files) {
    var manager = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    return parse(manager, manager.getJavaFileObjectsFromPaths(files));
  }

  private static Map<Path, Literals> parse(
      JavaFileManager manager, Iterable<? extends JavaFileObject> files) {
    var task = (JavacTask) COMPILER.getTask(null, manager, _ -> {}, null, null, files);
    var all = new LinkedHashMap<Path, Literals>();
    try {
      for (var unit : task.parse()) {
        var found = new Literals();
        found.scan(unit, null);
        all.put(Path.of(unit.getSourceFile().getName()), found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  List<String> texts() {
    return texts;
  }

  List<Argument> arguments() {
    return arguments;
  }

  @Override
  public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
    return null;
  }

  @Override
  public Void visitLiteral(LiteralTree literal, Void nothing) {
    if (literal.getValue() instanceof String || literal.getValue() instanceof Character) {
      texts.add(String.valueOf(literal.getValue()));
    }
    return null;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
    for (var i = 0; i < call.getArguments().size(); i++) {
      var inside = new Literals();
      inside.scan(call.getArguments().get(i), null);
      for (var text : inside.texts) {
        arguments.add(new Argument(call.getMethodSelect().toString(), i, text));
      }
    }
    return super.visitMethodInvocation(call, nothing);
  }
}
