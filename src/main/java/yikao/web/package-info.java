/**
 * What every page and endpoint shares: problems, languages, limits, rendering. Knows no feature.
 */
@NullMarked
package yikao.web;

import org.jspecify.annotations.NullMarked;
