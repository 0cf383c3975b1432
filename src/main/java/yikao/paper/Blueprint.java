package yikao.paper;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * How a paper is composed (组卷方案).
 *
 * @param sections in the order of the paper
 * @param policy which of the eligible questions are taken
 * @param documents codes of the documents whose questions are drawn; empty: any
 */
public record Blueprint(List<Section> sections, DrawPolicy policy, Set<String> documents) {
  public Blueprint {
    sections = List.copyOf(sections);
    documents = Set.copyOf(documents);
  }

  /** How many questions a paper has. */
  public int questions() {
    return sections.stream().mapToInt(Section::count).sum();
  }

  /** The points of a whole paper. */
  public BigDecimal points() {
    return sections.stream()
        .map(section -> section.points().multiply(BigDecimal.valueOf(section.count())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Which of the eligible questions are taken. */
  public enum DrawPolicy {
    /** Every eligible question is equally likely. */
    UNIFORM,
    /** Those drawn least often so far come first; among equals each is equally likely. */
    LEAST_USED_FIRST
  }
}
