/**
 * The model of the bank: questions, their keys and citations, responses, and the pool that papers
 * are drawn from. Pure: no database, no HTTP, no clock.
 */
@NullMarked
package yikao.question;

import org.jspecify.annotations.NullMarked;
