package yikao.leaderboard;

import yikao.leaderboard.Group.Members;
import yikao.web.Texts;

/** What groups are called in a reader's language. */
final class GroupNames {
  private GroupNames() {}

  static String of(Members members, Texts texts) {
    return switch (members) {
      case Members.Whole(_, var name) -> name;
      case Members.Written(var name) -> name;
      case Members.Itself _ -> texts.of("board.self");
      case Members.Unlisted _ -> texts.of("board.unlisted");
    };
  }
}
