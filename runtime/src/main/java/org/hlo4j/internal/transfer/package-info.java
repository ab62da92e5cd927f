/** Transfers between the host and devices, and between devices. */
@NullMarked
package org.hlo4j.internal.transfer;

import org.jspecify.annotations.NullMarked;
