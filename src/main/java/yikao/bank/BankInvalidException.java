package yikao.bank;

import java.util.List;
import java.util.stream.Collectors;

/** The bank's files cannot be loaded; nothing was changed. */
public final class BankInvalidException extends RuntimeException {
  private final transient List<BankProblem> problems;

  BankInvalidException(List<BankProblem> problems) {
    super(problems.stream().map(BankProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found. */
  public List<BankProblem> problems() {
    return problems;
  }
}
