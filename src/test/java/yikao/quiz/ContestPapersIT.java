package yikao.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.bank.Bank;
import yikao.paper.Draw;
import yikao.paper.UniformSampler;

/** What the contest over the whole bank makes of the bank as it is shipped. */
class ContestPapersIT {
  private static final int PAPERS = 1_000;
  private static final double USED = 0.9;

  @Test
  void aThousandPapers_repeatNothing_andUseNineTenthsOfTheBank() {
    try (var service = TestService.start(Map.of())) {
      var pool = service.context().getBean(Bank.class).pool();
      var contest =
          service.context().getBean(Quizzes.class).listed().stream()
              .filter(quiz -> quiz.title().startsWith("知识竞赛"))
              .findFirst()
              .orElseThrow();
      var draw = Draw.of(contest.blueprint(), pool);
      var used = new HashSet<Integer>();
      for (var seed = 0; seed < PAPERS; seed++) {
        var paper = draw.paper(new UniformSampler(), seed, contest.drawing().shuffle());
        var questions = new HashSet<Integer>();
        paper.slots().forEach(slot -> questions.add(slot.version()));
        assertThat(questions).hasSize(100);
        used.addAll(questions);
      }
      System.out.printf(
          "%d papers of %s used %d of %d questions%n",
          PAPERS, contest.title(), used.size(), pool.size());
      assertThat(used).hasSizeGreaterThanOrEqualTo((int) Math.ceil(USED * pool.size()));
    }
  }
}
