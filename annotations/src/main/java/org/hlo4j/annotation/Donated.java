package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter's buffers away to the call: their memory becomes the memory of outputs of the
 * same type, in order, with no copy. A donated buffer is spent; its next use throws. On a parameter
 * whose type is a record, every tensor in it is donated.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Donated {}
