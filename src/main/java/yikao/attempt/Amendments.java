package yikao.attempt;

import java.util.List;
import org.jooq.DSLContext;
import yikao.scoring.Amendment;

/** What was amended about the questions of quizzes; {@code remark} implements it. */
public interface Amendments {
  /** The amendments of a quiz, in their order. */
  List<Amendment> of(DSLContext dsl, long quizId);
}
