package yikao.paper;

import java.util.Set;
import yikao.question.Pool;
import yikao.question.QuestionType;

/**
 * What a paper holds while it is drawn, as versions: nothing twice, and no enemies of what is to be
 * kept apart from.
 */
final class TakenVersions implements Taken {
  private final Pool pool;
  private final QuestionType type;
  private final Set<Integer> own;
  private final Set<Integer> others;
  private final boolean apart;

  /**
   * The versions taken of one type.
   *
   * @param own those of the type so far; what is taken is added
   * @param others those of other types
   * @param apart whether enemies of either are not free
   */
  TakenVersions(
      Pool pool, QuestionType type, Set<Integer> own, Set<Integer> others, boolean apart) {
    this.pool = pool;
    this.type = type;
    this.own = own;
    this.others = others;
    this.apart = apart;
  }

  @Override
  public boolean isFree(int place) {
    return !own.contains(pool.versionAt(type, place)) && !(apart && meetsEnemy(place));
  }

  private boolean meetsEnemy(int place) {
    for (var enemy : pool.enemiesAt(type, place)) {
      if (own.contains(enemy) || others.contains(enemy)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void take(int place) {
    own.add(pool.versionAt(type, place));
  }

  @Override
  public int size() {
    return own.size();
  }
}
