package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import org.hlo4j.Promise;

/** The library's types as generated code names them. */
final class Library {
  static final ClassName PROMISE = ClassName.get(Promise.class);
  static final TypeName PROMISE_OF_NOTHING =
      ParameterizedTypeName.get(PROMISE, ClassName.get(Void.class));

  private Library() {}
}
