package org.hlo4j.processor.model;

import java.util.Optional;

/**
 * The program of a kernel as the user gave it.
 *
 * @param text a whole program
 * @param resource the name of the resource that holds the text, if one does
 */
public record KernelProgram(String text, Optional<String> resource) {}
