package yikao.questionnaire;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Problem;

/** What the caller may do with questionnaires; the one place that asks. */
@Singleton
final class QuestionnaireRights {
  private final Callers callers;
  private final Questionnaires questionnaires;
  private final Organisations organisations;

  QuestionnaireRights(Callers callers, Questionnaires questionnaires, Organisations organisations) {
    this.callers = callers;
    this.questionnaires = questionnaires;
    this.organisations = organisations;
  }

  /** Lets those pass who see questionnaires anywhere. */
  Staff readerAnywhere(HttpRequest<?> request) {
    var staff = callers.require(request);
    staff.check(staff.canReadQuestionnairesAnywhere());
    return staff;
  }

  /** Lets those pass who see a questionnaire; who sees none is not told whether there is one. */
  Staff reader(HttpRequest<?> request, UUID id) {
    var staff = readerAnywhere(request);
    staff.check(staff.canReadQuestionnaires(questionnaires.get(id).organisationId()));
    return staff;
  }

  /** Lets those pass who change a questionnaire. */
  Staff keeper(HttpRequest<?> request, UUID id) {
    var staff = callers.require(request);
    staff.check(staff.canKeepQuestionnairesAnywhere());
    staff.check(staff.canKeepQuestionnaires(questionnaires.get(id).organisationId()));
    return staff;
  }

  /**
   * The organisation for which a questionnaire is to be made.
   *
   * @throws Problem where there is none, it is closed, or this is not for the caller
   */
  Organisation organisation(Staff staff, String code) {
    staff.check(staff.canKeepQuestionnairesAnywhere());
    var found =
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
    staff.check(staff.canKeepQuestionnaires(found.id()));
    if (!found.open()) {
      throw Problem.invalid("organisation", "questionnaire.closed-organisation");
    }
    return found;
  }

  /** The organisations for which somebody may make questionnaires. */
  List<Organisation> own(Staff staff) {
    return organisations.tree().open().stream()
        .filter(o -> staff.canKeepQuestionnaires(o.id()))
        .toList();
  }

  /** The organisations whose questionnaires somebody sees; absent: all. */
  Optional<List<Long>> readable(Staff staff) {
    var all = organisations.tree().all();
    var seen = all.stream().map(Organisation::id).filter(staff::canReadQuestionnaires).toList();
    return seen.size() == all.size() ? Optional.empty() : Optional.of(seen);
  }

  /** Those of one organisation and below, where the caller sees them. */
  List<Long> below(Staff staff, String code) {
    var tree = organisations.tree();
    var one =
        tree.byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
    staff.check(staff.canReadQuestionnaires(one.id()));
    return tree.subtree(one).stream().map(Organisation::id).toList();
  }
}
