package org.hlo4j.internal.mlir.analysis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * The process ids of a collective, in any form of an MLIR constant: a list, a splat, hexadecimal
 * bytes, or an alias of one of these.
 *
 * @param name the attribute's name
 * @param span the position of the attribute
 * @param ids the process ids, group by group
 */
record ProcessGroups(String name, Span span, List<Long> ids) {
  static final String SOURCE_TARGET_PAIRS = "source_target_pairs";
  private static final String REPLICA_GROUPS = "replica_groups";

  /** More processes than any program has; a splat may have any number of elements. */
  private static final long MOST = 1 << 20;

  /**
   * Returns the process groups of an operation; null if there are none, or their form is unknown.
   */
  static @Nullable ProcessGroups of(Operation operation, MlirModule module) {
    Attribute found = operation.attributes().get(REPLICA_GROUPS);
    if (found == null) {
      found = operation.attributes().get(SOURCE_TARGET_PAIRS);
    }
    if (found == null) {
      return null;
    }
    List<Long> ids = ids(resolved(found, module));
    return ids == null ? null : new ProcessGroups(found.name(), found.span(), List.copyOf(ids));
  }

  private static Attribute resolved(Attribute attribute, MlirModule module) {
    Alias alias = module.alias(attribute.text().strip());
    return alias == null ? attribute : attribute.withValueOf(alias);
  }

  private static @Nullable List<Long> ids(Attribute constant) {
    byte[] bytes = constant.bytes();
    List<Long> written = bytes == null ? constant.integers() : numbers(bytes);
    long count = count(constant);
    if (written == null || count < 0) {
      return written;
    }
    return written.size() == 1 && count != 1 && count <= MOST
        ? Collections.nCopies((int) count, written.get(0))
        : count == 0 ? List.of() : written;
  }

  /** Returns the number of elements in the constant's type, or -1 if there is none. */
  private static long count(Attribute constant) {
    String text = constant.text();
    int type = text.lastIndexOf("tensor<");
    if (type < 0 || !(typeAt(text.substring(type)) instanceof RankedTensorType tensor)) {
      return -1;
    }
    return tensor.isDynamic() || tensor.overflows()
        ? -1
        : tensor.dimensions().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  private static @Nullable Type typeAt(String text) {
    try {
      return MlirReader.readType(text);
    } catch (MlirSyntaxException e) {
      return null;
    }
  }

  private static @Nullable List<Long> numbers(byte[] bytes) {
    if (bytes.length % Long.BYTES != 0) {
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      numbers.add(values.getLong());
    }
    return numbers;
  }
}
