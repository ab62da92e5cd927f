package org.hlo4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, in strict JSON.
 *
 * @param entries in the header's order
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";

  /** The range of a tensor's bytes, relative to the header's end. */
  record Entry(String name, String type, Dimensions dimensions, long begin, long end) {}

  static SafeTensorsHeader parse(String file, String json) {
    return StrictJson.read(file, "the header", json, reader -> new Parser(file, reader).header());
  }

  /** A partially read entry. */
  private static final class Draft {
    private @Nullable String type;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;
  }

  private static final class Parser {
    private final String file;
    private final StrictJson json;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    Parser(String file, StrictJson json) {
      this.file = file;
      this.json = json;
    }

    SafeTensorsHeader header() throws IOException {
      json.object("the header", this::readEntry);
      return new SafeTensorsHeader(entries, metadata);
    }

    private void readEntry(String name) throws IOException {
      if (!names.add(name)) {
        throw json.refusal("the name %s is duplicated".formatted(name));
      }
      if (name.equals(METADATA)) {
        json.object(METADATA, this::readMetadata);
      } else {
        entries.add(entry(name));
      }
    }

    private void readMetadata(String key) throws IOException {
      String value = json.string("%s of %s".formatted(key, METADATA));
      if (metadata.put(key, value) != null) {
        throw json.refusal("%s of %s is duplicated".formatted(key, METADATA));
      }
    }

    private Entry entry(String name) throws IOException {
      Draft draft = new Draft();
      json.object(name, key -> readPart(draft, name, key));
      String type = draft.type;
      List<Long> shape = draft.shape;
      List<Long> offsets = draft.offsets;
      if (type == null || shape == null || offsets == null || offsets.size() != 2) {
        throw json.refusal("%s needs a dtype, a shape, and two data_offsets".formatted(name));
      }
      long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
      Dimensions dimensions = new Dimensions(file + ", tensor " + name, sizes);
      return new Entry(name, type, dimensions, offsets.get(0), offsets.get(1));
    }

    private void readPart(Draft draft, String name, String key) throws IOException {
      String what = "%s of %s".formatted(key, name);
      if (key.equals("dtype") && draft.type == null) {
        draft.type = json.string("the " + what);
      } else if (key.equals("shape") && draft.shape == null) {
        draft.shape = json.integers(what);
      } else if (key.equals("data_offsets") && draft.offsets == null) {
        draft.offsets = json.integers(what);
      } else {
        throw json.refusal("%s has %s, which is unknown or duplicated".formatted(name, key));
      }
    }
  }
}
