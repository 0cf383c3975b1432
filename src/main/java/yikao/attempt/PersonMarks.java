package yikao.attempt;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/** What persons gave essays; {@code remark} implements it. */
public interface PersonMarks {
  /** The marks of attempts, by question number; of some there may be none. */
  Map<UUID, Map<Integer, PersonMark>> of(DSLContext dsl, Collection<UUID> attemptIds);
}
