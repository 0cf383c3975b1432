package yikao.quiz;

import jakarta.inject.Singleton;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.question.QuestionType;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.scoring.MarkingPolicy.MultipleRule;
import yikao.web.EnumSerde;

/** How the API writes the constants of quizzes and questions. */
final class QuizSerdes {
  private QuizSerdes() {}

  @Singleton
  static final class Types extends EnumSerde<QuestionType> {
    Types() {
      super(QuestionType.values());
    }
  }

  @Singleton
  static final class Draws extends EnumSerde<DrawPolicy> {
    Draws() {
      super(DrawPolicy.values());
    }
  }

  @Singleton
  static final class Countings extends EnumSerde<Counting> {
    Countings() {
      super(Counting.values());
    }
  }

  @Singleton
  static final class Multiples extends EnumSerde<MultipleRule> {
    Multiples() {
      super(MultipleRule.values());
    }
  }

  @Singleton
  static final class Whats extends EnumSerde<Reveal.What> {
    Whats() {
      super(Reveal.What.values());
    }
  }

  @Singleton
  static final class Whens extends EnumSerde<Reveal.When> {
    Whens() {
      super(Reveal.When.values());
    }
  }

  @Singleton
  static final class AtCloses extends EnumSerde<AtClose> {
    AtCloses() {
      super(AtClose.values());
    }
  }

  @Singleton
  static final class Groups extends EnumSerde<QuizGroup> {
    Groups() {
      super(QuizGroup.values());
    }
  }

  @Singleton
  static final class Entries extends EnumSerde<EntryPolicy> {
    Entries() {
      super(EntryPolicy.values());
    }
  }
}
