/**
 * The lean load driver: raw keep-alive connections and hand-made HTTP, so that what is measured is
 * the service and not its driver. It shares no code with the service, and checks every score.
 */
package yikao.load;
