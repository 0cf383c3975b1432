package yikao.question;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What stands in a stem right before and right behind a blank, up to the next punctuation mark or
 * blank. An answer may repeat of it what adjoins the blank: {@code 5年} in {@code 任期____年}, {@code
 * 第5条} in {@code 依照第____条}. Not more than a few signs, no half of a numeral, and not the whole
 * sentence.
 *
 * @param before what stands before the blank
 * @param behind what stands behind it
 * @param whole whether the two are all of their sentence
 */
record Adjoining(String before, String behind, boolean whole) {
  /** The longest that may be repeated on either side: 个工作日以内. */
  private static final int MOST = 6;

  /** The longest unit: 平方公里. */
  private static final int UNIT = 4;

  private static final String ENDS = "。！？；!?;\\n";
  private static final Pattern STOP = Pattern.compile("[" + ENDS + "，、：,:（）()“”‘’\"'《》〈〉「」『』【】…—]");
  private static final Pattern END = Pattern.compile("[" + ENDS + "]");

  private static final Adjoining NOTHING = new Adjoining("", "", true);

  /**
   * What adjoins a blank.
   *
   * @param blank counted from 0
   */
  static Adjoining of(String stem, int blank) {
    var parts = stem.split(Question.BLANK, -1);
    if (blank + 1 >= parts.length) {
      return NOTHING;
    }
    var left = parts[blank];
    var right = parts[blank + 1];
    var from = 0;
    for (var stops = STOP.matcher(left); stops.find(); ) {
      from = stops.end();
    }
    var stop = STOP.matcher(right);
    var to = stop.find() ? stop.start() : right.length();
    var begins = from == 0 ? blank == 0 : isEnd(left.charAt(from - 1));
    var ends = to == right.length() ? blank + 2 == parts.length : isEnd(right.charAt(to));
    return new Adjoining(left.substring(from), right.substring(0, to), begins && ends);
  }

  private static boolean isEnd(char c) {
    return END.matcher(String.valueOf(c)).matches();
  }

  /**
   * The accepted text that is left of an answer without what it repeats.
   *
   * @param accepted folded texts
   */
  Optional<String> without(String answer, Set<Folding> foldings, Set<String> accepted) {
    var literal = foldings.stream().filter(f -> f != Folding.NUMERAL).collect(Collectors.toSet());
    // first as it is written, so that 5 is left of 5万元; then 3分之 repeats 三分之, too
    return Stream.of(literal, foldings)
        .distinct()
        .flatMap(level -> folded(level).rests(Folding.fold(answer, level)))
        .map(rest -> Folding.fold(rest, foldings))
        .filter(accepted::contains)
        .findFirst();
  }

  private Adjoining folded(Set<Folding> foldings) {
    return new Adjoining(Folding.fold(before, foldings), Folding.fold(behind, foldings), whole);
  }

  /** What is left of an answer, for each way to take off what it repeats. */
  private Stream<String> rests(String answer) {
    return IntStream.rangeClosed(0, Math.min(MOST, before.length()))
        .filter(left -> answer.startsWith(before.substring(before.length() - left)))
        .filter(left -> !halves(before, before.length() - left))
        .boxed()
        .flatMap(left ->
            IntStream.rangeClosed(0, Math.min(MOST, behind.length()))
                .filter(right -> left + right > 0 && left + right < answer.length())
                .filter(right -> answer.endsWith(behind.substring(0, right)))
                .filter(right -> !halves(behind, right) && !isSentence(left, right))
                .filter(right -> !halvesAnswer(answer, left, right))
                .mapToObj(right -> answer.substring(left, answer.length() - right)));
  }

  /** Whether a cut goes through a numeral. */
  private static boolean halves(String text, int cut) {
    return cut > 0
        && cut < text.length()
        && Numerals.isNumeral(text.charAt(cut - 1))
        && Numerals.isNumeral(text.charAt(cut));
  }

  /** Whether what is left would be but some digits of a number. */
  private static boolean halvesAnswer(String answer, int left, int right) {
    var end = answer.length() - right;
    return (left > 0 && isDigit(answer.charAt(left - 1)) && isDigit(answer.charAt(left)))
        || (right > 0 && isDigit(answer.charAt(end - 1)) && isDigit(answer.charAt(end)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether so much is all of the sentence; a unit behind the blank may be all that it has. */
  private boolean isSentence(int left, int right) {
    return whole
        && left == before.length()
        && right == behind.length()
        && (left > 0 || right > UNIT);
  }
}
