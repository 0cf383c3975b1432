package yikao.bank;

import static yikao.question.Folding.squeeze;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.SequenceNode;
import yikao.question.Choice;
import yikao.question.Citation;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

/** Reads one question of a file. */
final class QuestionReader {
  private static final Set<String> FIELDS =
      new LinkedHashSet<>(
          List.of(
              "编号", "题型", "难度", "题干", "选项", "固定", "答案", "视同", "空序", "解析", "出处", "原文", "互斥", "状态"));
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");
  private static final String LETTERS = "ABCDEFGH";

  /** Choices of a {@code judge} question. */
  private static final List<Choice> RIGHT_WRONG =
      List.of(new Choice("true", "对", true), new Choice("false", "错", true));

  private final YamlMap map;
  private final String area;
  private final Document document;

  QuestionReader(YamlMap map, String area, Document document) {
    this.map = map;
    this.area = area;
    this.document = document;
  }

  /**
   * A question that was read.
   *
   * @param saysOrder whether it says if the order of its blanks matters
   */
  record Read(Question question, BankFiles.Status status, boolean saysOrder) {}

  /** The question; absent, with problems noted, where it cannot be made. */
  Optional<Read> read() {
    map.onlyNames(FIELDS);
    var id = map.text("编号");
    if (!id.isEmpty() && (!ID.matcher(id).matches() || id.length() > 64)) {
      map.problem("编号", "由小写字母、数字和连字符组成，如 07-branch-001");
    }
    var type = named("题型", QuestionType.values(), TypeNames::of);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    var stem = map.text("题干");
    var choices = choices(type.get(), id);
    var key = key(type.get(), stem, choices);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    var citation =
        new Citation(
            document.code(), document.title(), document.version(), map.text("出处"), map.text("原文"));
    var question =
        new Question(
            id,
            type.get(),
            area,
            difficulty(),
            stem,
            choices,
            key.get(),
            map.text("解析"),
            citation,
            enemies(id));
    var status =
        map.has("状态")
            ? named("状态", BankFiles.Status.values(), BankFiles.Status::label)
            : Optional.of(BankFiles.Status.PUBLISHED);
    return status.map(s -> new Read(question, s, map.has("空序")));
  }

  private Set<String> enemies(String id) {
    var named = map.has("互斥") ? map.texts("互斥") : List.<String>of();
    if (named.contains(id) || new HashSet<>(named).size() < named.size()) {
      map.problem("互斥", "写别的题的编号，每个写一次");
    }
    return new HashSet<>(named);
  }

  private int difficulty() {
    var text = map.text("难度");
    if (!text.isEmpty() && !text.matches("[1-5]")) {
      map.problem("难度", "应当是 1 到 5 的整数");
    }
    return text.matches("[1-5]") ? Integer.parseInt(text) : 1;
  }

  private <E extends Enum<E>> Optional<E> named(
      String field, E[] values, Function<E, String> label) {
    var text = map.text(field);
    var found = Arrays.stream(values).filter(v -> label.apply(v).equals(text)).findFirst();
    if (found.isEmpty() && !text.isEmpty()) {
      map.problem(
          field,
          "应当是 %s 之一".formatted(String.join("、", Arrays.stream(values).map(label).toList())));
    }
    return found;
  }

  private List<Choice> choices(QuestionType type, String id) {
    if (type == QuestionType.JUDGE) {
      absent("选项", "判断题不写选项");
      return RIGHT_WRONG;
    }
    if (type != QuestionType.SINGLE && type != QuestionType.MULTIPLE) {
      absent("选项", TypeNames.of(type) + "题不写选项");
      return List.of();
    }
    var options = map.map("选项");
    if (options.isEmpty()) {
      map.problem("选项", "缺少这一栏");
      return List.of();
    }
    var fixed = map.optionalText("固定").orElse("");
    var choices = new ArrayList<Choice>();
    for (var letter : options.get().names()) {
      if (choices.size() >= LETTERS.length()
          || !letter.equals(LETTERS.substring(choices.size(), choices.size() + 1))) {
        map.problem("选项", "各选项依次写 A、B、C、D……");
        return List.of();
      }
      choices.add(
          new Choice(choiceId(id, letter), options.get().text(letter), fixed.contains(letter)));
    }
    if (choices.size() < 2) {
      map.problem("选项", "至少要有两个选项");
    }
    if (new HashSet<>(choices.stream().map(c -> squeeze(c.text())).toList()).size()
        < choices.size()) {
      map.problem("选项", "有两个选项相同");
    }
    if (!fixed.isEmpty() && !letters(fixed, choices.size())) {
      map.problem("固定", "写选项的字母，如 D");
    }
    return choices;
  }

  private void absent(String field, String reason) {
    if (map.has(field)) {
      map.problem(field, reason);
    }
  }

  private Optional<Key> key(QuestionType type, String stem, List<Choice> choices) {
    if (type != QuestionType.BLANK) {
      absent("视同", "只有填空题写这一栏");
      absent("空序", "只有填空题写这一栏");
    }
    return switch (type) {
      case SINGLE, MULTIPLE -> chosen(type, choices);
      case JUDGE -> judged();
      case BLANK -> blanks(stem);
      case ESSAY -> essay();
    };
  }

  private Optional<Key> chosen(QuestionType type, List<Choice> choices) {
    var letters = String.join("", map.texts("答案")).replaceAll("[\\s,，、]", "");
    if (letters.isEmpty() || choices.isEmpty()) {
      return Optional.empty();
    }
    if (!letters(letters, choices.size())) {
      map.problem("答案", "写选项的字母，且须在选项之中、不重复");
      return Optional.empty();
    }
    if (type == QuestionType.SINGLE && letters.length() != 1) {
      map.problem("答案", "单选题只有一个答案");
    }
    if (type == QuestionType.MULTIPLE && letters.length() < 2) {
      map.problem("答案", "多选题至少有两个答案");
    }
    var ids = new HashSet<String>();
    letters.chars().forEach(letter -> ids.add(choices.get(LETTERS.indexOf(letter)).id()));
    return Optional.of(new Key.OfChoices(ids));
  }

  private static boolean letters(String text, int choices) {
    return text.chars().allMatch(c -> LETTERS.indexOf(c) >= 0 && LETTERS.indexOf(c) < choices)
        && text.chars().distinct().count() == text.length();
  }

  private Optional<Key> judged() {
    var text = map.text("答案");
    if (!text.equals("对") && !text.equals("错")) {
      map.problem("答案", "写 对 或 错");
      return Optional.empty();
    }
    return Optional.of(new Key.OfChoices(Set.of(text.equals("对") ? "true" : "false")));
  }

  private Optional<Key> blanks(String stem) {
    var blanks = new ArrayList<List<String>>();
    for (var item : map.items("答案")) {
      blanks.add(
          map.texts(
              "答案", item instanceof SequenceNode sequence ? sequence.getValue() : List.of(item)));
    }
    var places =
        (stem.length() - stem.replace(Question.BLANK, "").length()) / Question.BLANK.length();
    if (places == 0 || places != blanks.size()) {
      map.problem("答案", "题干中有 %d 处“____”，答案有 %d 行，应当相等".formatted(places, blanks.size()));
      return Optional.empty();
    }
    if (blanks.stream().anyMatch(List::isEmpty)) {
      map.problem("答案", "每空至少一个答案");
      return Optional.empty();
    }
    var key = new Key.OfBlanks(blanks, foldings(), inAnyOrder(blanks.size()));
    if (key.anyOrder() && !fillsAll(key, stem)) {
      map.problem("空序", "次序不限时，各空要有不同的答案");
    }
    return Optional.of(key);
  }

  private boolean inAnyOrder(int blanks) {
    if (!map.has("空序")) {
      return false;
    }
    if (blanks < 2) {
      map.problem("空序", "有两空以上才写这一栏");
    }
    var text = map.text("空序");
    if (!text.isEmpty() && !text.equals("不限") && !text.equals("固定")) {
      map.problem("空序", "应当是 不限 或 固定");
    }
    return text.equals("不限");
  }

  /** Whether it can be answered to the full: equal answers count once. */
  private static boolean fillsAll(Key.OfBlanks key, String stem) {
    var first = key.blanks().stream().map(List::getFirst).toList();
    return key.filled(stem, first) == first.size();
  }

  private Set<Folding> foldings() {
    if (!map.has("视同")) {
      return EnumSet.of(Folding.WIDTH, Folding.SPACE);
    }
    var foldings = EnumSet.noneOf(Folding.class);
    for (var text : map.texts("视同")) {
      var found = Arrays.stream(Folding.values()).filter(f -> f.label().equals(text)).findFirst();
      found.ifPresentOrElse(foldings::add, () -> map.problem("视同", "应当是 全半角、空格、数字 中的几个"));
    }
    return foldings;
  }

  private Optional<Key> essay() {
    var points = map.texts("答案");
    if (points.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Key.OfEssay(points));
  }

  /** Six or seven characters that say nothing about the place of the choice. */
  private static String choiceId(String questionId, String letter) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest((questionId + '/' + letter).getBytes(StandardCharsets.UTF_8));
      var bits = Math.floorMod(ByteBuffer.wrap(digest).getLong(), 1L << 31);
      return Long.toString((1L << 31) + bits, 36);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
