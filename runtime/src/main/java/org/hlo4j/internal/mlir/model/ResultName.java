package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A name on the left of an equals sign.
 *
 * @param name such as {@code %0}
 * @param count how many results have it
 * @param span where it is
 */
public record ResultName(String name, int count, Span span) {}
