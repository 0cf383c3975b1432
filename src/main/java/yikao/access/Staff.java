package yikao.access;

import io.micronaut.http.HttpStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import yikao.web.Problem;

/**
 * Somebody of the staff, at one moment, and what this one may do. Permissions are asked by the
 * methods here and nowhere by the names of roles. Where a thing belongs to no organisation ({@link
 * Optional#empty}), it takes a role over everything.
 */
public final class Staff {
  private static final Set<Role> READERS =
      EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER, Role.SECRETARY, Role.SUPERVISOR);

  private static final Set<Role> OF_RESULTS =
      EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER, Role.SUPERVISOR);

  private final Actor actor;
  private final Optional<Account> account;
  private final List<Grant> grants;
  private final boolean mayChange;
  private final Subtrees subtrees;

  /**
   * Somebody.
   *
   * @param account absent for the operator's token
   * @param mayChange whether by this right more may be done than read
   */
  Staff(
      Actor actor,
      Optional<Account> account,
      List<Grant> grants,
      boolean mayChange,
      Subtrees subtrees) {
    this.actor = actor;
    this.account = account;
    this.grants = List.copyOf(grants);
    this.mayChange = mayChange;
    this.subtrees = subtrees;
  }

  /** Who acts, for what is stored beside an operation. */
  public Actor actor() {
    return actor;
  }

  /** The account; absent for the operator's token. */
  public Optional<Account> account() {
    return account;
  }

  /** The roles, each with that over which it holds. */
  public List<Grant> grants() {
    return grants;
  }

  /**
   * Goes on where it is allowed.
   *
   * @throws Problem {@code not-allowed}
   */
  public void check(boolean isAllowed) {
    if (!isAllowed) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-allowed");
    }
  }

  private boolean has(Set<Role> roles, Optional<Long> organisationId) {
    return grants.stream()
        .filter(grant -> roles.contains(grant.role()))
        .anyMatch(grant -> covers(grant, organisationId));
  }

  private boolean covers(Grant grant, Optional<Long> organisationId) {
    return grant.organisationId().isEmpty()
        || (organisationId.isPresent()
            && subtrees.isWithin(organisationId.get(), grant.organisationId().get()));
  }

  private boolean hasAnywhere(Set<Role> roles) {
    return grants.stream().anyMatch(grant -> roles.contains(grant.role()));
  }

  private boolean may(Role role, Optional<Long> organisationId) {
    return mayChange && has(EnumSet.of(Role.ADMINISTRATOR, role), organisationId);
  }

  /** Whether accounts and roles over an organisation are this one's to keep. */
  public boolean canAdministrate(Optional<Long> organisationId) {
    return may(Role.ADMINISTRATOR, organisationId);
  }

  /** Whether accounts are this one's to keep anywhere. */
  public boolean canAdministrateAnywhere() {
    return mayChange && hasAnywhere(EnumSet.of(Role.ADMINISTRATOR));
  }

  /** Whether an account, with all its roles, is this one's to keep. */
  public boolean canAdministrate(Account other) {
    return other.grants().isEmpty()
        ? canAdministrate(Optional.empty())
        : other.grants().stream().allMatch(grant -> canAdministrate(grant.organisationId()));
  }

  /** Whether this one may change an organisation, and move what is below it. */
  public boolean canEditOrganisation(long organisationId) {
    return may(Role.ADMINISTRATOR, Optional.of(organisationId));
  }

  /** Whether this one may change the tree as a whole, its top included. */
  public boolean canEditOrganisations() {
    return may(Role.ADMINISTRATOR, Optional.empty());
  }

  /** Whether this one sees an organisation with what it is about inside. */
  public boolean canReadOrganisation(long organisationId) {
    return has(READERS, Optional.of(organisationId));
  }

  /** Whether this one sees the inside of any organisation. */
  public boolean canReadOrganisationsAnywhere() {
    return hasAnywhere(READERS);
  }

  /** Whether this one keeps the members of an organisation. */
  public boolean canEditMembers(long organisationId) {
    return may(Role.SECRETARY, Optional.of(organisationId));
  }

  /** Whether this one sees who the members of an organisation are. */
  public boolean canReadMembers(long organisationId) {
    return has(READERS, Optional.of(organisationId));
  }

  /** Whether this one may see and take out phones of an organisation's members. */
  public boolean canSeePhones(long organisationId) {
    return has(EnumSet.of(Role.ADMINISTRATOR, Role.SECRETARY), Optional.of(organisationId));
  }

  /**
   * Whether quizzes of an organisation, their windows, amendments and marks are this one's.
   *
   * @param organisationId whose the quiz is; absent: everybody's
   */
  public boolean canOrganise(Optional<Long> organisationId) {
    return may(Role.ORGANISER, organisationId);
  }

  /** Whether this one may make quizzes anywhere. */
  public boolean canOrganiseAnywhere() {
    return mayChange && hasAnywhere(EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER));
  }

  /** Whether this one sees the attempts at any quiz. */
  public boolean canReadResultsAnywhere() {
    return hasAnywhere(OF_RESULTS);
  }

  /** Whether this one asks members of an organisation questions on the spot. */
  public boolean canAskOnTheSpot(long organisationId) {
    return mayChange
        && has(
            EnumSet.of(Role.ADMINISTRATOR, Role.SECRETARY, Role.SUPERVISOR),
            Optional.of(organisationId));
  }

  /** Whether this one asks questions on the spot anywhere. */
  public boolean canAskOnTheSpotAnywhere() {
    return mayChange
        && hasAnywhere(EnumSet.of(Role.ADMINISTRATOR, Role.SECRETARY, Role.SUPERVISOR));
  }

  /** Whether this one sees the attempts at a quiz, with names and answers. */
  public boolean canReadResults(Optional<Long> organisationId) {
    return has(OF_RESULTS, organisationId);
  }

  /** Whether this one opens, runs and ends the sessions of an organisation. */
  public boolean canRunSittings(long organisationId) {
    return mayChange
        && has(
            EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER, Role.SECRETARY),
            Optional.of(organisationId));
  }

  /** Whether this one opens sessions anywhere. */
  public boolean canRunSittingsAnywhere() {
    return mayChange && hasAnywhere(EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER, Role.SECRETARY));
  }

  /** Whether this one sees the sessions of an organisation, with names and scores. */
  public boolean canReadSittings(long organisationId) {
    return has(READERS, Optional.of(organisationId));
  }

  /** Whether this one makes, opens and closes the questionnaires of an organisation. */
  public boolean canKeepQuestionnaires(long organisationId) {
    return canRunSittings(organisationId);
  }

  /** Whether this one makes questionnaires anywhere. */
  public boolean canKeepQuestionnairesAnywhere() {
    return canRunSittingsAnywhere();
  }

  /** Whether this one sees what came back to the questionnaires of an organisation. */
  public boolean canReadQuestionnaires(long organisationId) {
    return has(READERS, Optional.of(organisationId));
  }

  /** Whether this one sees questionnaires anywhere. */
  public boolean canReadQuestionnairesAnywhere() {
    return hasAnywhere(READERS);
  }

  /** Whether this one sees questions with their keys. */
  public boolean canReadBank() {
    return hasAnywhere(EnumSet.of(Role.ADMINISTRATOR, Role.ORGANISER, Role.EDITOR, Role.REVIEWER));
  }

  /** Whether this one changes the bank. */
  public boolean canEditBank() {
    return may(Role.EDITOR, Optional.empty());
  }

  /** Whether the service itself is this one's to operate: backups, everybody's jobs. */
  public boolean canOperate() {
    return may(Role.ADMINISTRATOR, Optional.empty());
  }

  /** Whether this one sees how a job stands, and what it found. */
  public boolean canSeeJob(String orderedBy) {
    return actor.code().equals(orderedBy) || has(EnumSet.of(Role.ADMINISTRATOR), Optional.empty());
  }

  /** Whether this one reads the whole audit log. */
  public boolean canReadAudit() {
    return has(EnumSet.of(Role.ADMINISTRATOR, Role.SUPERVISOR), Optional.empty());
  }
}
