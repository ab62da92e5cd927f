/** A model of annotated interfaces, independent of javac: names, shapes and programs. */
@NullMarked
package org.hlo4j.processor.model;

import org.jspecify.annotations.NullMarked;
