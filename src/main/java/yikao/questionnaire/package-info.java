/**
 * Questionnaires (问卷): what is asked without keys, of the members of an organisation and below; how
 * many sheets were given out, how many came back, and what was answered. It is no quiz of the
 * engine: nothing is drawn or marked, and nobody has a deadline of one's own.
 *
 * <p>One link or QR code is for all. Everybody writes the name on the sheet, as into the list at
 * the door of an election, since nothing less tells 150 people on one link apart: a browser's
 * secret would count whoever has two browsers twice, and slips with codes would have to be printed
 * and dealt out. What is kept of the name depends on the questionnaire.
 *
 * <p><b>Named:</b> a sheet with the member, the browser it came from, and when. The same browser,
 * or the last digits of the phone, corrects it until the closing. After a time that the operator
 * sets, the names are taken off the sheets.
 *
 * <p><b>Anonymous:</b> the list has those whose sheet is still out, and nothing else. Handing in
 * deletes one's row and adds the answers, in one transaction, so that what came back is counted
 * rightly and nobody hands in twice; no row is left that the answers could be joined with, neither
 * by a value nor by the number of the transaction. An answer has a random key, no time, and nothing
 * that says which others are of the same sheet. No cookie is made or read. At the closing what is
 * left of the list is deleted, and the answers are written anew in an order of chance, so that the
 * order in the database says nothing either; the embedded database is then written without what was
 * deleted, and PostgreSQL's autovacuum does so in time. Results are shown after the closing alone
 * and for good, never broken down, and not where fewer than five sheets came back: these answers
 * are deleted.
 *
 * <p>What remains: until the closing, whoever reads the database itself sees the answers in the
 * order in which they came, and could compare that with who sat in the room; a backup made in that
 * time keeps it. What all have answered alike is known of each, and what somebody writes may say
 * who it was; the page says so.
 *
 * <p>It uses {@code org}, {@code participant}, {@code access}, {@code audit}, {@code table}, {@code
 * web} and {@code db}, and no part of the engine. A roster of {@code quiz} is not used: that is
 * frozen by a job, amended with reasons, and kept for the ledger, none of which is wanted here.
 */
@NullMarked
package yikao.questionnaire;

import org.jspecify.annotations.NullMarked;
