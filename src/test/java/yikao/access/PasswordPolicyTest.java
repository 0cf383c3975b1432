package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordPolicyTest {
  private static final List<String> NAMES = List.of("wangfang", "王芳");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "明天去开组织生活会吧同志",
        "tk39vfe8m2qx",
        "7th floor, blue door",
        "Wir sind sieben Leute"
      })
  void longAndUncommon_willDo(String password) {
    assertThat(PasswordPolicy.wrong(password, NAMES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "九个汉字不够的吧"})
  void short_willNot(String password) {
    assertThat(PasswordPolicy.wrong(password, NAMES)).contains("password.length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "password123",
        "Password2026!",
        "woaini1314520",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "admin123456",
        "1q2w3e4r5t",
        "wangfang1980",
        "wangfangwangfang",
        "王芳王芳王芳王芳王芳12",
        "yikao2026!!"
      })
  void common_willNot(String password) {
    assertThat(PasswordPolicy.wrong(password, NAMES)).contains("password.common");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tk39vfe8m2qx\u0000", "tk39vfe8\nm2qx", "tk39vfe8m2qx\ud800"})
  void whatNobodyTypes_willNot(String password) {
    assertThat(PasswordPolicy.wrong(password, NAMES)).contains("password.not-typed");
  }
}
