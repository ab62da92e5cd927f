/** Tests plugins. */
@NullMarked
package org.hlo4j.cli.plugins;

import org.jspecify.annotations.NullMarked;
