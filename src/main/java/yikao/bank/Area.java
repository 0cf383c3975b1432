package yikao.bank;

/**
 * One of the areas of content (方面).
 *
 * @param code names it in files, blueprints and the API
 * @param name what people read
 */
public record Area(String code, String name) {}
