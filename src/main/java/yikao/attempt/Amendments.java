package yikao.attempt;

import java.util.List;
import org.jooq.DSLContext;
import yikao.scoring.Amendment;

/** What was amended about the questions of quizzes; {@code remark} implements it. */
public interface Amendments {
  /**
   * An amendment in force.
   *
   * @param reason as participants read it
   */
  record InForce(Amendment amendment, String reason) {}

  /** The amendments of a quiz in their order, those taken back left out. */
  List<InForce> of(DSLContext dsl, long quizId);

  /** By what attempts at a quiz are marked. */
  default Amended amended(DSLContext dsl, long quizId, int count) {
    return count == 0
        ? Amended.NOT
        : new Amended(of(dsl, quizId).stream().map(InForce::amendment).toList(), count);
  }
}
