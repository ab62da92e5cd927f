/** Locating, downloading and verifying PJRT plugins. */
@NullMarked
package org.hlo4j.plugin;

import org.jspecify.annotations.NullMarked;
