package yikao.db;

/** What a transaction has read is no longer so; it is to be tried again. */
public final class StaleReadException extends RuntimeException {}
