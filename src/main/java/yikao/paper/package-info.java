/** Blueprints and the draw: blueprint + pool + usage + seed → paper. Pure and reproducible. */
@NullMarked
package yikao.paper;

import org.jspecify.annotations.NullMarked;
