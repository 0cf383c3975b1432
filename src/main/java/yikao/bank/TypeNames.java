package yikao.bank;

import yikao.question.QuestionType;

/** How the bank's files and its report call the types of question. */
final class TypeNames {
  private TypeNames() {}

  static String of(QuestionType type) {
    return switch (type) {
      case SINGLE -> "单选";
      case MULTIPLE -> "多选";
      case JUDGE -> "判断";
      case BLANK -> "填空";
      case ESSAY -> "简答";
    };
  }
}
