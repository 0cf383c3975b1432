/** Gatling simulations of what people do; for the ceiling there is the lean driver. */
package yikao.simulation;
