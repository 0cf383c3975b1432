package yikao.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import yikao.paper.Blueprint;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Draw;
import yikao.paper.LeastUsedSampler;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.paper.Section.AreaQuota;
import yikao.paper.Shuffle;
import yikao.paper.UniformSampler;
import yikao.paper.Usage;
import yikao.question.Choice;
import yikao.question.Citation;
import yikao.question.Key;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/** What a draw costs in a small bank and in one of a hundred times the size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class DrawBenchmark {
  private static final int AREAS = 17;

  /** How many questions the bank has. */
  @Param({"4000", "400000"})
  public int questions;

  /**
   * What is drawn: 20 questions of the whole bank, of several types and areas, least used first.
   */
  @Param({"whole", "areas", "least-used"})
  public String blueprint;

  private Draw draw;
  private Draw.Sampler sampler;
  private long seed;

  /** Makes the bank. */
  @Setup
  public void prepare() {
    var pool = pool(questions);
    var leastUsed = blueprint.equals("least-used");
    var plan =
        new Blueprint(
            blueprint.equals("areas") ? areas() : List.of(section(QuestionType.SINGLE, 20)),
            leastUsed ? DrawPolicy.LEAST_USED_FIRST : DrawPolicy.UNIFORM,
            Set.of());
    draw = Draw.of(plan, pool);
    sampler = leastUsed ? new LeastUsedSampler(pool, usage(questions)) : new UniformSampler();
  }

  /** One paper, with questions and choices in random order. */
  @Benchmark
  public Paper draw() {
    return draw.paper(sampler, seed++, new Shuffle(true, true));
  }

  private static List<Section> areas() {
    return List.of(
        section(
            QuestionType.SINGLE,
            10,
            new AreaQuota("area-01", 4, 0),
            new AreaQuota("area-05", 3, 0),
            new AreaQuota("area-11", 3, 0)),
        section(
            QuestionType.MULTIPLE,
            5,
            new AreaQuota("area-02", 2, 0),
            new AreaQuota("area-07", 3, 0)),
        section(
            QuestionType.JUDGE, 5, new AreaQuota("area-03", 1, 0), new AreaQuota("area-16", 4, 0)));
  }

  private static Section section(QuestionType type, int count, AreaQuota... areas) {
    return new Section(type, count, BigDecimal.TWO, List.of(areas), Map.of());
  }

  private static Pool pool(int size) {
    var versions = new ArrayList<QuestionVersion>();
    for (var i = 0; i < size; i++) {
      versions.add(new QuestionVersion(i + 1, question(i)));
    }
    return new Pool(1, versions);
  }

  /** Half single, the rest multiple and judge, over all areas and difficulties. */
  private static Question question(int i) {
    var type =
        i % 2 == 0 ? QuestionType.SINGLE : i % 4 == 1 ? QuestionType.MULTIPLE : QuestionType.JUDGE;
    var judge = type == QuestionType.JUDGE;
    var choices =
        IntStream.range(0, judge ? 2 : 4)
            .mapToObj(c -> new Choice(Integer.toString(i * 8 + c, 36), "选项" + c, judge))
            .toList();
    var id = id(i);
    return new Question(
        id,
        type,
        "area-%02d".formatted(i / 4 % AREAS + 1),
        i / 4 / AREAS % Pool.DIFFICULTIES + 1,
        "题干" + i,
        choices,
        new Key.OfChoices(Set.of(choices.get(0).id())),
        "解析" + i,
        new Citation("doc", "文件", "2022", "第一条", "原文"));
  }

  private static String id(int i) {
    return "q-%07d".formatted(i);
  }

  /** One question in three was drawn, some of them several times. */
  private static Usage usage(int size) {
    var counts = new HashMap<String, Integer>();
    for (var i = 0; i < size; i += 3) {
      counts.put(id(i), 1 + i % 5);
    }
    return new Usage(1, counts);
  }
}
