/** Clients, devices and groups of devices, and the bounds on the calls that they run. */
@NullMarked
package org.hlo4j.internal.device;

import org.jspecify.annotations.NullMarked;
