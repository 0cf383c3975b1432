package yikao.bank;

/**
 * A text that questions cite.
 *
 * @param code names it in the bank's files
 * @param version the version in its own words
 * @param force whether it is in force
 */
record Document(String code, String title, String version, Force force) {
  enum Force {
    /** 现行. */
    CURRENT,
    /** 存疑: not proven to be in force; few questions, none on figures. */
    DOUBTFUL,
    /** 失效. */
    SUPERSEDED
  }
}
