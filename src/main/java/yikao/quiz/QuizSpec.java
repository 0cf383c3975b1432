package yikao.quiz;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import yikao.org.MemberState;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.question.QuestionType;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.scoring.MarkingPolicy.MultipleRule;

/**
 * A quiz as an editor writes it and as a revision is stored: the fields of all parts stand beside
 * each other. What is left out has the default named here.
 *
 * @param passMark default: six tenths of the points
 * @param minimumParticipants of a branch that is ranked, default 1
 */
@Serdeable
@Schema(
    name = "Quiz",
    examples =
        """
        {"title":"支部月度测试","group":"test","sections":[{"type":"single","count":20,"points":2,"areas":[{"area":"party-constitution","share":1},{"area":"party-discipline","share":1}]},{"type":"judge","count":20,"points":1,"difficulty":{"2":1,"3":2}},{"type":"multiple","count":10,"points":4}],"opens":"2026-12-01T01:00:00Z","closes":"2026-12-01T10:00:00Z","timeLimitMinutes":30,"tries":1,"marking":{"multiple":"partial","partialShare":0.5},"reveal":{"what":"review","when":"after-window"},"passMark":60}\
        """)
record QuizSpec(
    @JsonUnwrapped AboutSpec about,
    @JsonUnwrapped DrawingSpec drawing,
    @JsonUnwrapped ScheduleSpec schedule,
    @JsonUnwrapped TriesSpec triesAndCounting,
    @Nullable MarkingSpec marking,
    @Nullable BigDecimal passMark,
    @Nullable RevealSpec reveal,
    @JsonUnwrapped EntranceSpec entrance,
    @Nullable Integer minimumParticipants) {

  /** The same, closing at another moment. */
  QuizSpec withCloses(Instant closes) {
    return with(closes, schedule.startsUntil);
  }

  /**
   * A quiz of its own, made from this one for a session of a branch: each takes it once, and since
   * all sit in one room, keys are shown when it is over for all.
   *
   * @param organisation code of the one whose members should take part
   */
  QuizSpec derived(String title, String organisation, Instant opens, Instant closes) {
    var s = schedule;
    var longest = Duration.between(opens, closes).toSeconds();
    var minimum = s.minimumSeconds == null || s.minimumSeconds >= longest ? null : s.minimumSeconds;
    return new QuizSpec(
        new AboutSpec(title, about.description, false, about.group, organisation),
        drawing,
        new ScheduleSpec(
            opens, closes, null, AtClose.CUT, s.timeLimitMinutes, minimum, s.graceSeconds),
        new TriesSpec(1, null),
        marking,
        passMark,
        new RevealSpec(reveal == null ? null : reveal.what, Reveal.When.AFTER_WINDOW),
        new EntranceSpec(
            EntryPolicy.JOIN_CODE,
            new RosterSpec(List.of(organisation), null),
            entrance.lastFourDigits),
        minimumParticipants);
  }

  /** A quiz of nothing but these sections, with what is usual otherwise. */
  static QuizSpec of(List<SectionSpec> sections) {
    return new QuizSpec(
        new AboutSpec("", "", false, null, null),
        new DrawingSpec(sections, null, DrawPolicy.LEAST_USED_FIRST, null, null),
        new ScheduleSpec(null, null, null, null, null, null, null),
        new TriesSpec(null, null),
        null,
        null,
        null,
        new EntranceSpec(null, null, null),
        null);
  }

  /** The same, closing and starting attempts longer, where it does not do so for ever. */
  QuizSpec extended(Duration by) {
    return with(later(schedule.closes, by), later(schedule.startsUntil, by));
  }

  private static @Nullable Instant later(@Nullable Instant moment, Duration by) {
    return moment == null ? null : moment.plus(by);
  }

  private QuizSpec with(@Nullable Instant closes, @Nullable Instant startsUntil) {
    var s = schedule;
    return new QuizSpec(
        about,
        drawing,
        new ScheduleSpec(
            s.opens,
            closes,
            startsUntil,
            s.atClose,
            s.timeLimitMinutes,
            s.minimumSeconds,
            s.graceSeconds),
        triesAndCounting,
        marking,
        passMark,
        reveal,
        entrance,
        minimumParticipants);
  }

  /**
   * What people read of it.
   *
   * @param listed default true
   * @param group default {@code theme} where documents are named, {@code practice} where all
   *     questions are of one area and there is no time limit, otherwise {@code test}
   * @param organisation the code of whose quiz it is: those who organise for it may change it.
   *     Default: everybody's, for those who organise for all
   */
  @Serdeable
  record AboutSpec(
      @Nullable String title,
      @Nullable String description,
      @Nullable Boolean listed,
      @Nullable QuizGroup group,
      @Nullable String organisation) {}

  /**
   * What papers are drawn by.
   *
   * @param documents codes of the documents whose questions are drawn, default: any
   * @param draw default {@code uniform}
   * @param shuffleQuestions default true
   * @param shuffleChoices default true
   */
  @Serdeable
  record DrawingSpec(
      @Nullable List<SectionSpec> sections,
      @Nullable List<String> documents,
      @Nullable DrawPolicy draw,
      @Nullable Boolean shuffleQuestions,
      @Nullable Boolean shuffleChoices) {}

  /**
   * When it may be taken, and for how long.
   *
   * @param opens default: always was
   * @param closes default: never
   * @param startsUntil from when on nobody starts any more, default: as long as it is open
   * @param atClose default {@code cut}
   * @param timeLimitMinutes default: none
   * @param minimumSeconds default 0
   * @param graceSeconds default 5
   */
  @Serdeable
  record ScheduleSpec(
      @Nullable Instant opens,
      @Nullable Instant closes,
      @Nullable Instant startsUntil,
      @Nullable AtClose atClose,
      @Nullable Integer timeLimitMinutes,
      @Nullable Integer minimumSeconds,
      @Nullable Integer graceSeconds) {}

  /**
   * How often one may try.
   *
   * @param tries default: without limit
   * @param counting which of several attempts counts, default {@code best}
   */
  @Serdeable
  record TriesSpec(@Nullable Integer tries, @Nullable Counting counting) {}

  /**
   * Who may enter.
   *
   * @param entry default {@code everyone}
   * @param roster who should take part in a quiz with the entry {@code members}
   * @param lastFourDigits whether members have to give the last four digits of their phone in any
   *     case, and not only where two of one branch have one name, or on a second phone; default
   *     false
   */
  @Serdeable
  record EntranceSpec(
      @Nullable EntryPolicy entry, @Nullable RosterSpec roster, @Nullable Boolean lastFourDigits) {}

  /**
   * Who should take part.
   *
   * @param organisations codes of those whose members should, each with all below it; default: the
   *     quiz's own organisation, or all
   * @param states default {@code enrolled} and {@code floating}
   */
  @Serdeable
  @Schema(name = "RosterRule")
  record RosterSpec(@Nullable List<String> organisations, @Nullable List<MemberState> states) {}

  /**
   * A section of the blueprint.
   *
   * @param areas default: any
   * @param difficulty weights of the difficulties "1" to "5", default: any
   */
  @Serdeable
  @Schema(name = "Section")
  record SectionSpec(
      @Nullable QuestionType type,
      @Nullable Integer count,
      @Nullable BigDecimal points,
      @Nullable List<AreaSpec> areas,
      @Nullable Map<String, Integer> difficulty) {}

  /** An area of a section, with a count, a share, or neither; the same for all areas. */
  @Serdeable
  @Schema(name = "SectionArea")
  record AreaSpec(@Nullable String area, @Nullable Integer count, @Nullable Integer share) {}

  /**
   * How responses are marked.
   *
   * @param multiple default {@code all-or-nothing}
   * @param partialShare default 0.5
   * @param penalty default 0
   * @param questionFloor default 0 where choices are marked one by one, otherwise -1
   * @param floor default 0
   */
  @Serdeable
  @Schema(name = "Marking")
  record MarkingSpec(
      @Nullable MultipleRule multiple,
      @Nullable BigDecimal partialShare,
      @Nullable BigDecimal penalty,
      @Nullable BigDecimal questionFloor,
      @Nullable BigDecimal floor) {}

  /**
   * What is shown and when, default {@code review} {@code at-once}; where tries are limited to more
   * than one and a later one can count, {@code after-last-try}.
   */
  @Serdeable
  @Schema(name = "Reveal")
  record RevealSpec(Reveal.@Nullable What what, Reveal.@Nullable When when) {}
}
