/** How fast it is, beside its peers: run by {@code mvn -Pbench}, and compiled by every build. */
@NullMarked
package org.hlo4j.tests.bench;

import org.jspecify.annotations.NullMarked;
