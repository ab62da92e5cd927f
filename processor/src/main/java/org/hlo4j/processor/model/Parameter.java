package org.hlo4j.processor.model;

import org.hlo4j.processor.message.Place;

/**
 * A parameter of a kernel.
 *
 * @param donated whether its buffers are given away to the call
 */
public record Parameter(String name, Structure structure, boolean donated, Place place) {}
