/** Programs that run on several devices. */
@NullMarked
package org.hlo4j.tests.devices;

import org.jspecify.annotations.NullMarked;
