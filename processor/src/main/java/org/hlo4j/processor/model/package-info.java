/**
 * What the processor knows of an annotated interface once it has left javac's model: records of
 * names, shapes and programs.
 */
@NullMarked
package org.hlo4j.processor.model;

import org.jspecify.annotations.NullMarked;
