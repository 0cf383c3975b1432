/**
 * Branch test sessions (场次): opened, joined by a code, watched live, ended, accounted for; papers
 * in print, questions on the spot, and what a branch begins with since it has missed it before.
 *
 * <p>The projector's and the secretary's page ask for the whole state every 0.6 s, with the
 * position of the one that they show: 204 where nothing has changed. There are no server-sent
 * events beside that: a hint could come no sooner than its reader may be told anyway, would have to
 * be carried between nodes, and holds a connection for each listener; what is asked for is two
 * short queries, and only the few pages that watch a session ask, never the phones that answer in
 * it.
 */
@NullMarked
package yikao.sitting;

import org.jspecify.annotations.NullMarked;
