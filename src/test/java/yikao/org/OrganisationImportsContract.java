package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import yikao.audit.AuditLog;

/** Organisations from files over the API. */
abstract class OrganisationImportsContract extends PeopleContract {
  @Test
  void organisations_areImportedAllTogether() {
    var brought =
        bring(
            "organisations",
            Sheets.xlsx(
                OF_ORGANISATIONS,
                List.of("T", "市委", "党委", ""),
                List.of("C", "丙总支", "党总支", "T"),
                List.of("C1", "第一党支部", "党支部", "C"),
                List.of("A", "甲支部", "党支部", "C"),
                List.of("X", "无上级", "", "Y"),
                List.of("D", "第一党支部", "党支部", "C"),
                List.of("E", "环一", "", "F"),
                List.of("F", "环二", "", "E"),
                List.of("G", "类别不对", "小组", "T"),
                List.of("B", "乙支部", "", "T")),
            ImportsApi.XLSX);
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    assertThat(counts(brought)).containsExactly(2, 1, 1, 1, 5);
    assertThat(refusals(brought))
        .containsExactly("6 parent", "7 parent", "8 parent", "9 parent", "10 kind");
    assertThat(confirm(brought, "sound").text("state")).isEqualTo("imported");
    assertThat(get("/api/organisations/C1").text("path")).isEqualTo("市委 / 丙总支 / 第一党支部");
    assertThat(get("/api/organisations/A").text("parent")).isEqualTo("C");
    assertThat(get("/api/organisations/C").text("kind")).isEqualTo("general-branch");
  }

  @Test
  void organisationsWithoutParents_stayWhereTheyAre() {
    var heading = List.<Object>of("组织编号", "名称", "类别");
    var brought =
        bring(
            "organisations",
            Sheets.xlsx(heading, List.of("A", "甲党支部", ""), List.of("B", "", "党支部")),
            ImportsApi.XLSX);
    assertThat(counts(brought)).containsExactly(0, 2, 0, 0, 0);
    var empty = Sheets.xlsx(List.of("组织编号", "名称", "上级组织编号"), List.of("A", "甲党支部", ""));
    assertThat(confirm(brought, "all").text("state")).isEqualTo("imported");
    assertThat(counts(bring("organisations", empty, ImportsApi.XLSX)))
        .containsExactly(0, 0, 0, 1, 0);
    assertThat(get("/api/organisations/A").text("path")).isEqualTo("市委 / 甲党支部");
    assertThat(get("/api/organisations/B").text("path")).isEqualTo("市委 / 乙支部");
    assertThat(get("/api/organisations/B").text("kind")).isEqualTo("branch");
  }

  @Test
  void importOfOrganisations_standsInTheAuditLog() {
    var entries =
        service
            .context()
            .getBean(AuditLog.class)
            .find(
                new AuditLog.Sought(Optional.of("organisations"), Optional.empty()),
                Optional.empty(),
                1);
    assertThat(entries).extracting(e -> e.action()).containsExactly("organisation.import");
    assertThat(entries.getFirst().after()).contains("3 rows");
  }

  @Test
  void codeOfAnOrganisation_isReadByAnyOfItsNames() throws Exception {
    for (var headings :
        List.of("组织编号,名称,上级组织编号", "代码,名称,上级代码", "組織編號,名稱,上級代碼", "Code,Title,Parent")) {
      var brought =
          bring(
              "organisations",
              (headings + "\nN,新支部,T\n").getBytes(StandardCharsets.UTF_8),
              "text/csv");
      assertThat(brought.status()).as(headings + brought.body()).isEqualTo(201);
      assertThat(counts(brought)).as(headings).containsExactly(1, 0, 0, 0, 0);
    }
    for (var headings : List.of("姓名,组织编号,编号", "姓名,代码,编号", "Name,Organisation,Number")) {
      var brought =
          bring(
              "members", (headings + "\n王小明,A,P1\n").getBytes(StandardCharsets.UTF_8), "text/csv");
      assertThat(counts(brought)).as(headings).containsExactly(1, 0, 0, 0, 0);
    }
    var export = download("/api/exports/organisations?format=csv");
    assertThat(new String(export, StandardCharsets.UTF_8)).contains("组织编号", "上级组织编号");
  }
}
