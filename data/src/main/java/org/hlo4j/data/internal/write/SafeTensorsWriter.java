package org.hlo4j.data.internal.write;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hlo4j.data.internal.element.ByteSwap;
import org.hlo4j.data.internal.element.Nibbles;
import org.hlo4j.data.internal.element.SafeTensorsType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Writes safetensors. Since the format allows no padding between tensors, those whose size is a
 * multiple of 64 come first, which aligns them for zero-copy access, then the others, widest
 * elements first.
 */
public final class SafeTensorsWriter implements NewFile.Body {
  private static final String METADATA = "__metadata__";

  private final List<Source> sources;
  private final Map<String, String> metadata;

  public SafeTensorsWriter(List<Source> sources, Map<String, String> metadata) {
    sources.forEach(SafeTensorsWriter::check);
    this.sources = new ArrayList<>(sources);
    this.sources.sort(
        Comparator.comparingInt(
                (Source source) -> NpyWriter.padding(size(source.shape())) == 0 ? 0 : 1)
            .thenComparingInt(source -> -source.shape().elementType().bits()));
    this.metadata = metadata;
  }

  private static void check(Source source) {
    ElementType type = source.shape().elementType();
    if (SafeTensorsType.of(type).isEmpty()) {
      throw new ArgumentException(
          "%s: safetensors has no type for the elements of a %s; use .npz"
              .formatted(source.name(), source.shape()));
    }
    if (type == ElementType.F4E2M1FN && source.shape().elementCount() % 2 != 0) {
      throw new ArgumentException(
          "%s: safetensors packs 4-bit elements in pairs, but a %s has an odd number of them"
              .formatted(source.name(), source.shape()));
    }
    if (source.name().equals(METADATA)) {
      throw new ArgumentException("A tensor in a safetensors file cannot be named " + METADATA);
    }
  }

  private static long size(Shape shape) {
    return shape.elementType() == ElementType.F4E2M1FN
        ? shape.elementCount() / 2
        : shape.byteSize();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] json = json().getBytes(StandardCharsets.UTF_8);
    int padding = NpyWriter.padding(Long.BYTES + (long) json.length);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length + (long) padding)
            .array());
    out.write(json);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    for (Source source : sources) {
      source.lendTo(elements -> NewFile.write(out, stored(source.shape().elementType(), elements)));
    }
  }

  private static MemorySegment stored(ElementType type, MemorySegment elements) {
    return type == ElementType.F4E2M1FN
        ? Nibbles.pack(elements)
        : ByteSwap.toNative(elements, type, ByteOrder.LITTLE_ENDIAN);
  }

  private String json() throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    if (!metadata.isEmpty()) {
      json.name(METADATA).beginObject();
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
    }
    long offset = 0;
    for (Source source : sources) {
      Shape shape = source.shape();
      String type = SafeTensorsType.of(shape.elementType()).orElseThrow().name();
      json.name(source.name()).beginObject().name("dtype").value(type).name("shape").beginArray();
      for (long size : shape.dimensions()) {
        json.value(size);
      }
      long end = offset + size(shape);
      json.endArray().name("data_offsets").beginArray().value(offset).value(end).endArray();
      json.endObject();
      offset = end;
    }
    json.endObject();
    return text.toString();
  }
}
