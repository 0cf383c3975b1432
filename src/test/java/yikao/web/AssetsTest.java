package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AssetsTest {
  @Test
  void names_areThoseOfTheFolder() throws Exception {
    try (var files = Files.list(Path.of("src/main/resources/assets"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Assets.NAMES);
    }
  }

  @Test
  void folder_isNamedByADigest() {
    var assets = new Assets();
    assertThat(assets.folder()).matches("/assets/[0-9a-f]{12}/");
    assertThat(assets.isPresent(assets.folder().split("/", -1)[2])).isTrue();
    assertThat(assets.isPresent("")).isFalse();
    assertThat(assets.content("yikao.css")).isPresent();
    assertThat(assets.content("../messages_zh.properties")).isEmpty();
  }
}
