package yikao.taking;

import java.util.List;
import java.util.Optional;
import yikao.web.Page;

/** The model of the page of all that a browser has taken. */
public record OwnPage(Page page, Optional<Taker> taker, List<QuizListPage.Own> own) {}
