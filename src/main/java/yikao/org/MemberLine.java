package yikao.org;

/**
 * A member as pages show one.
 *
 * @param code of the organisation
 * @param path of the organisation
 * @param state code of it
 * @param stateText how people read it
 * @param number may be empty, as the post
 */
public record MemberLine(
    String id,
    String name,
    String code,
    String path,
    String state,
    String stateText,
    String number,
    String post,
    boolean hasPhone,
    int version) {
  /** Whether the state is the usual one. */
  public boolean isEnrolled() {
    return state.equals(MemberState.ENROLLED.code());
  }

  /** The address of the page of the organisation. */
  public String organisationHref() {
    return OrganisationNodes.href(code);
  }
}
