package yikao.access;

/** By what somebody gets in after the first start. */
enum FirstAccess {
  /** By the password of the first administrator, which is changed at the first sign-in. */
  PASSWORD,
  /** By a token, for whoever does everything over the API. */
  TOKEN
}
