package yikao.leaderboard;

import static yikao.db.jooq.Tables.LEADERBOARD;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The identities of leaderboards. Which one an owner has never changes, so it is kept once it has
 * been found by a transaction other than the one that made it: that one may be rolled back.
 */
@Singleton
final class Boards {
  private static final int MOST = 100_000;
  private final Cache<BoardOwner, Long> known = Caffeine.newBuilder().maximumSize(MOST).build();

  /** Transactions that made a leaderboard, by its owner. */
  private final Cache<BoardOwner, DSLContext> makers =
      Caffeine.newBuilder().weakValues().maximumSize(MOST).build();

  /** The leaderboard of an owner; absent where nobody has a standing. */
  Optional<Long> find(DSLContext dsl, BoardOwner owner) {
    return Optional.ofNullable(find(dsl, Set.of(owner)).get(owner));
  }

  /** The leaderboards of owners; one that is missing is made. */
  Map<BoardOwner, Long> findOrMake(DSLContext transaction, Collection<BoardOwner> owners) {
    var found = find(transaction, owners);
    for (var owner : owners) {
      found.computeIfAbsent(owner, o -> make(transaction, o));
    }
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // the very same transaction
  private Map<BoardOwner, Long> find(DSLContext dsl, Collection<BoardOwner> owners) {
    var found = new HashMap<>(known.getAllPresent(owners));
    var missing = owners.stream().filter(owner -> !found.containsKey(owner)).toList();
    if (!missing.isEmpty()) {
      dsl.selectFrom(LEADERBOARD)
          .where(DSL.or(missing.stream().map(Boards::isOf).toList()))
          .forEach(r -> {
            var owner = new BoardOwner(r.getOwner(), r.getOwnerId());
            found.put(owner, r.getId());
            if (makers.getIfPresent(owner) != dsl) {
              known.put(owner, r.getId());
            }
          });
    }
    return found;
  }

  private static Condition isOf(BoardOwner owner) {
    return LEADERBOARD.OWNER.eq(owner.kind()).and(LEADERBOARD.OWNER_ID.eq(owner.id()));
  }

  private long make(DSLContext transaction, BoardOwner owner) {
    makers.put(owner, transaction);
    return transaction
        .insertInto(LEADERBOARD)
        .set(LEADERBOARD.OWNER, owner.kind())
        .set(LEADERBOARD.OWNER_ID, owner.id())
        .returningResult(LEADERBOARD.ID)
        .fetchSingle()
        .value1();
  }
}
