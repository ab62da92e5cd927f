/**
 * What generated code calls, and nothing else does: the contract between the processor and the
 * runtime.
 */
@NullMarked
package org.hlo4j.generated;

import org.jspecify.annotations.NullMarked;
