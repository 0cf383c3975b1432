package yikao.org;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * What others keep about members. Whoever keeps something that says who a member is, or what one
 * has done, implements this; it is asked for a person's record, and told of an erasure.
 */
public interface MemberTraces {
  /**
   * Something that is kept.
   *
   * @param kind what it is, a word of the API
   * @param what it is about, in words for the person
   * @param since when it is from
   * @param content what is kept, in words for the person
   */
  record Trace(String kind, String what, Instant since, String content) {}

  /** What is kept about a member, the oldest first. */
  List<Trace> of(DSLContext dsl, UUID member);

  /** Removes what says who the member is; what counts in totals stays. */
  void erase(DSLContext transaction, UUID member, Instant now);
}
