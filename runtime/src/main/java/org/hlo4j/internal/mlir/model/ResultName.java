package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A name on the left of an equals sign.
 *
 * @param name such as {@code %0}
 * @param count the number of results with this name
 * @param span the position
 */
public record ResultName(String name, int count, Span span) {}
