package yikao.db;

/** On an H2. */
final class H2JobsIT extends JobsContract {
  @Override
  BareDatabase open() {
    return BareDatabase.h2();
  }
}
