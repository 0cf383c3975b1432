/** What is offered: blueprint, window, tries, policies, who may enter; revisions are immutable. */
@NullMarked
package yikao.quiz;

import org.jspecify.annotations.NullMarked;
