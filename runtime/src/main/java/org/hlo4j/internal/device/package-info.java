/** Clients, devices and groups of devices, and the limits of their calls. */
@NullMarked
package org.hlo4j.internal.device;

import org.jspecify.annotations.NullMarked;
