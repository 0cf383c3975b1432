package yikao.org;

/** Where a member is, and how the member stands to it. */
record Membership(long organisationId, MemberState state) {
  Membership in(long other) {
    return new Membership(other, state);
  }

  Membership as(MemberState other) {
    return new Membership(organisationId, other);
  }
}
