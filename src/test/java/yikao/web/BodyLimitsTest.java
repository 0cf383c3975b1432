package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BodyLimitsTest {
  private static final long LIMIT = 1_000_000;

  private static long most(String uri) {
    return BodyLimits.most(uri, LIMIT);
  }

  @Test
  void saveHasRoomForTheLongestEssay_andNoMore() {
    assertThat(most("/api/attempts/x/responses/1")).isBetween(6L * 5_000, 40_000L);
    assertThat(most("/api/attempts/x/responses/1?y=/api/organisations")).isLessThan(40_000);
  }

  @Test
  void submissionsAndEditors_haveSomeHundredKilobytes() {
    for (var uri :
        new String[] {
          "/api/attempts/x/submission",
          "/attempts/x",
          "/attempts/x/submission",
          "/api/quizzes",
          "/api/quizzes/x",
          "/api/quizzes/x/amendments/preview"
        }) {
      assertThat(most(uri)).as(uri).isBetween(300_000L, 600_000L);
    }
  }

  @Test
  void filesOfPeople_haveMore() {
    assertThat(most("/api/imports/members")).isEqualTo(BodyLimits.UPLOAD);
    assertThat(most("/console/imports")).isEqualTo(BodyLimits.UPLOAD);
    assertThat(most("/console/imports/x/confirmation")).isLessThan(BodyLimits.UPLOAD);
  }

  @Test
  void imports_haveTheWholeLimit() {
    assertThat(most("/api/organisations")).isEqualTo(LIMIT);
    assertThat(most("/api/bank/loads")).isEqualTo(LIMIT);
    assertThat(BodyLimits.most("/api/attempts/x/submission", 1_024)).isEqualTo(1_024);
  }

  @Test
  void whatIsUnknown_orWrittenOddly_hasLittle() {
    for (var uri :
        new String[] {
          "/",
          "",
          "*",
          "/nothing",
          "//api/organisations",
          "/api%2Forganisations",
          "http://x/api/organisations",
          "/quizzes/x/attempts",
          "/api/quizzes/x/attempts"
        }) {
      assertThat(most(uri)).as(uri).isLessThan(20_000);
    }
  }
}
