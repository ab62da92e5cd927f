package org.hlo4j.cli.run;

import org.hlo4j.HostTensor;

/**
 * An output of a program.
 *
 * @param name what the program calls it, or its place
 * @param tensor its values
 * @param text its type, device and values, cut short
 */
public record Result(String name, HostTensor<?> tensor, String text) {}
