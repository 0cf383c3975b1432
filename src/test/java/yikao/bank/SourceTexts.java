package yikao.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import yikao.question.Folding;
import yikao.question.Numerals;

/**
 * A folder of source texts, one file for each document, named by its code. A file opens with {@code
 * # key: value} lines; blocks are parted by blank lines; a block that begins 第N条 is one article.
 */
final class SourceTexts {
  private static final String NUMERALS = "[零〇一二两三四五六七八九十百千]+";
  private static final Pattern ARTICLE =
      Pattern.compile("^(第" + NUMERALS + "条(?:之" + NUMERALS + ")?)[\\s\\u3000]");
  private static final Pattern LOCATED_ARTICLE =
      Pattern.compile("^(第%1$s条(?:之%1$s)?)(?:第(%1$s)款)?(?:第（(%1$s)）项)?$".formatted(NUMERALS));
  private static final Pattern POINT = Pattern.compile("^（(" + NUMERALS + ")）");
  private static final Pattern CHAPTER = Pattern.compile("^第" + NUMERALS + "[章编]");
  private static final Pattern PREAMBLE = Pattern.compile("^(总|序)[\\s\\u3000]*(纲|言)$");
  private static final Pattern DATE = Pattern.compile("^(\\d{4}年)\\s*(\\d{1,2}月(?:\\d{1,2}日)?)");
  private static final Pattern YEAR = Pattern.compile("^\\d{4}年");
  private static final Pattern HEADING = Pattern.compile("^([一二三四五六七八九十]+)、");
  private static final Pattern ITEM = Pattern.compile("^（(\\d+)）");
  private static final Pattern SENTENCE = Pattern.compile("[。：；！？]$");

  private final Path folder;
  private final Map<String, Optional<Source>> loaded = new HashMap<>();

  SourceTexts(Path folder) {
    this.folder = folder;
  }

  /**
   * A source text.
   *
   * @param header its {@code # key: value} lines
   * @param units its text by every locator by which it can be cited
   */
  record Source(Map<String, String> header, Map<String, List<String>> units) {

    /** The text at a locator: an article, its paragraph (款), an item (项) of either. */
    List<String> at(String locator) {
      var article = LOCATED_ARTICLE.matcher(locator);
      if (!article.find()) {
        return units.getOrDefault(locator, List.of());
      }
      return units.getOrDefault(article.group(1), List.of()).stream()
          .map(block -> part(block.lines().toList(), article.group(2), article.group(3)))
          .filter(lines -> !lines.isEmpty())
          .map(lines -> String.join("\n", lines))
          .toList();
    }

    /** The numbered articles, in their order. */
    List<String> articles() {
      return units.keySet().stream().filter(unit -> LOCATED_ARTICLE.matcher(unit).find()).toList();
    }

    private static List<String> part(
        List<String> article, @Nullable String paragraph, @Nullable String item) {
      var lines = paragraph == null ? article : paragraph(article, number(paragraph));
      return item == null ? lines : lines.stream().filter(line -> isPoint(line, item)).toList();
    }

    /** A paragraph with the items that follow it. */
    private static List<String> paragraph(List<String> article, long wanted) {
      var lines = new ArrayList<String>();
      var current = 0L;
      for (var line : article) {
        current += POINT.matcher(line.strip()).find() ? 0 : 1;
        if (current == wanted) {
          lines.add(line);
        }
      }
      return lines;
    }

    private static boolean isPoint(String line, String item) {
      var point = POINT.matcher(line.strip());
      return point.find() && number(point.group(1)) == number(item);
    }

    private static long number(String numeral) {
      return Long.parseLong(Numerals.toArabic(numeral));
    }
  }

  /** The article that a locator is in; the locator itself where it names no article. */
  static String article(String locator) {
    var article = LOCATED_ARTICLE.matcher(locator);
    return article.find() ? article.group(1) : locator;
  }

  Optional<Source> source(String code) {
    return loaded.computeIfAbsent(code, this::load);
  }

  private Optional<Source> load(String code) {
    var path = folder.resolve(code + ".txt");
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      var header = new LinkedHashMap<String, String>();
      var body = new StringBuilder();
      for (var line : Files.readAllLines(path)) {
        if (line.startsWith("# ") && line.contains(": ")) {
          header.putIfAbsent(
              line.substring(2, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
        } else {
          body.append(line).append('\n');
        }
      }
      var blocks = new ArrayList<String>();
      for (var block : body.toString().split("\\n\\s*\\n", -1)) {
        if (!block.isBlank()) {
          blocks.add(block.strip());
        }
      }
      return Optional.of(new Source(header, units(blocks)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, List<String>> units(List<String> blocks) {
    var units = new LinkedHashMap<String, List<String>>();
    articles(blocks, units);
    grouped(blocks, HEADING, List.of("第%s部分", "第%s项"), null, units);
    grouped(blocks, ITEM, List.of("第（%s）项"), HEADING, units);
    dates(blocks, units);
    paragraphs(blocks, units);
    return units;
  }

  private static void articles(List<String> blocks, Map<String, List<String>> units) {
    String preamble = "";
    var paragraph = 0;
    for (var block : blocks) {
      var article = ARTICLE.matcher(block);
      if (article.find()) {
        add(units, article.group(1), block);
        preamble = "";
      } else if (PREAMBLE.matcher(block).find()) {
        preamble = block.replaceAll("[\\s\\u3000]", "");
        paragraph = 0;
      } else if (!preamble.isEmpty() && CHAPTER.matcher(block).find()) {
        preamble = "";
      } else if (!preamble.isEmpty()) {
        paragraph++;
        add(units, "%s第%d段".formatted(preamble, paragraph), block);
      }
    }
  }

  /** Blocks under a numbered heading, up to the next one or to what ends the group. */
  private static void grouped(
      List<String> blocks,
      Pattern heading,
      List<String> locators,
      @Nullable Pattern end,
      Map<String, List<String>> units) {
    String number = "";
    for (var block : blocks) {
      var matcher = heading.matcher(block);
      if (matcher.find()) {
        number = matcher.group(1);
      } else if (end != null && end.matcher(block).find()) {
        number = "";
      }
      if (!number.isEmpty()) {
        for (var locator : locators) {
          add(units, locator.formatted(number), block);
        }
      }
    }
  }

  private static void dates(List<String> blocks, Map<String, List<String>> units) {
    String date = "";
    for (var block : blocks) {
      var matcher = DATE.matcher(block);
      if (matcher.find()) {
        date = matcher.group(1) + matcher.group(2);
      } else if (YEAR.matcher(block).find() || block.startsWith("【") || block.startsWith("〔")) {
        date = "";
      }
      if (!date.isEmpty()) {
        add(units, date, block);
      }
    }
  }

  private static void paragraphs(List<String> blocks, Map<String, List<String>> units) {
    var paragraph = 0;
    for (var block : blocks) {
      if (SENTENCE.matcher(block).find()) {
        paragraph++;
        add(units, "第%d段".formatted(paragraph), block);
      }
    }
  }

  private static void add(Map<String, List<String>> units, String locator, String block) {
    units.computeIfAbsent(locator, _ -> new ArrayList<>()).add(block);
  }

  /**
   * Whether the words, parted by …… where something is left out, stand in the text in their order.
   */
  static boolean stands(String words, List<String> blocks) {
    if (Folding.squeeze(words.replace("…", "")).isEmpty()) {
      return false;
    }
    var text = Folding.squeeze(String.join("", blocks));
    var from = 0;
    for (var part : words.split("……", -1)) {
      var fragment = Folding.squeeze(part);
      var at = text.indexOf(fragment, from);
      if (at < 0) {
        return false;
      }
      from = at + fragment.length();
    }
    return true;
  }
}
