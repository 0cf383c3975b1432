package yikao.db;

import java.util.Collection;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Conditions over many numbers, such as the organisations of a subtree. */
public final class Among {
  private Among() {}

  /**
   * That a number is one of many. They are written into the statement, where both databases look
   * each row up in a set; H2 would compare it with each of an array.
   */
  public static Condition numbers(Field<Long> field, Collection<Long> numbers) {
    return field.in(numbers.stream().map(DSL::inline).toList());
  }
}
