package yikao.access;

import jakarta.inject.Singleton;
import yikao.web.Texts;

/** Roles as people read them. */
@Singleton
final class RoleTexts {
  private final Subtrees subtrees;

  RoleTexts(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** A role and over what it holds. */
  String of(Texts texts, Grant grant) {
    return texts.of(
        "role.over",
        texts.of("role." + grant.role().code()),
        grant.organisationId().map(subtrees::path).orElseGet(() -> texts.of("role.everything")));
  }
}
