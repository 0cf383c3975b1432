package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextsTest {
  static final String TEXT =
      """
      # title: 章程
      # version: 2022年
      # status: current

      总　纲

      序段一，先锋队。

      序段二，最终目标。

      第一章　党员

      第一条 年满十八岁的中国工人。
      可以申请入党。

      第一条之一 补充规定。

      第三条 党员的权利：
      （一）有权选举；
      （二）有权批评。
      第二款的话。

      第二十条 党的纪律。

      一、坚定信念

      第一部分的话。

      （1）完善监督。

      （2）严明纪律。

      二、坚持路线

      第二部分的话。

      1921年7月23日 一大开幕。

      会议转移。

      1927年
      8月1日南昌起义。

      1922年

      7月大会。
      """;

  @TempDir Path folder;
  private SourceTexts.Source source;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("doc.txt"), TEXT);
    source = new SourceTexts(folder).source("doc").orElseThrow();
  }

  @Test
  void header_keysAndValues() {
    assertThat(source.header())
        .containsEntry("title", "章程")
        .containsEntry("version", "2022年")
        .containsEntry("status", "current");
  }

  @Test
  void source_withoutFile_absent() {
    assertThat(new SourceTexts(folder).source("none")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "总纲第1段, 先锋队, 最终目标",
    "总纲第2段, 最终目标, 先锋队",
    "第一条, 可以申请入党, 补充规定",
    "第一条第一款, 中国工人, 可以申请入党",
    "第一条第二款, 可以申请入党, 中国工人",
    "第三条第一款, 有权批评, 第二款的话",
    "第三条第一款第（二）项, 有权批评, 有权选举",
    "第三条第（一）项, 有权选举, 有权批评",
    "第三条第二款, 第二款的话, 有权批评",
    "第一条之一, 补充规定, 可以申请入党",
    "第一条之一第一款, 补充规定, 党的纪律",
    "第二十条, 党的纪律, 补充规定",
    "第一部分, 第一部分的话, 第二部分的话",
    "第一项, 第一部分的话, 第二部分的话",
    "第二部分, 第二部分的话, 完善监督",
    "第（1）项, 完善监督, 严明纪律",
    "第（2）项, 严明纪律, 第二部分的话",
    "1921年7月23日, 会议转移, 7月大会",
    "1927年8月1日, 南昌起义, 会议转移",
    "第1段, 先锋队, 最终目标",
    "第3段, 可以申请入党, 最终目标",
  })
  void at_locatorOfEveryKind_itsTextAndNoOther(String locator, String there, String elsewhere) {
    var blocks = source.at(locator);
    assertThat(SourceTexts.stands(there, blocks)).isTrue();
    assertThat(SourceTexts.stands(elsewhere, blocks)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "第二条",
        "第一条之二",
        "第一条第三款",
        "第三条第（三）项",
        "第三条第二款第（一）项",
        "第一条、第二十条",
        "总纲第3段",
        "第三部分",
        "第（3）项",
        "1922年7月",
        "第99段",
        "附则"
      })
  void at_locatorThatIsNotThere_nothing(String locator) {
    assertThat(source.at(locator)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "甲乙丙, true",
    "甲……丙, true",
    "丙……甲, false",
    "甲 乙, true",
    "甲……乙……丁, true",
    "乙……乙, false",
    "戊, false",
  })
  void stands_partsInTheirOrder(String words, boolean expected) {
    assertThat(SourceTexts.stands(words, List.of("甲乙\n　丙", "丁"))).isEqualTo(expected);
  }

  @Test
  void stands_nothingButAnOmission_provesNothing() {
    assertThat(SourceTexts.stands("……", List.of("甲"))).isFalse();
    assertThat(SourceTexts.stands("　", List.of("甲"))).isFalse();
  }

  @Test
  void articles_thoseWithANumber_inTheirOrder() {
    assertThat(source.articles()).containsExactly("第一条", "第一条之一", "第三条", "第二十条");
    assertThat(SourceTexts.article("第一条之一第二款")).isEqualTo("第一条之一");
    assertThat(SourceTexts.article("总纲第3段")).isEqualTo("总纲第3段");
  }
}
