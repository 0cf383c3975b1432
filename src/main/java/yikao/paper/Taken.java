package yikao.paper;

/** The places of one type of question that may still be drawn for a paper. */
public interface Taken {
  /** Whether a place may be taken. */
  boolean isFree(int place);

  /** Takes a place, which is free. */
  void take(int place);

  /** How many places have been taken. */
  int size();
}
