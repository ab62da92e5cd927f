package org.hlo4j.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a safetensors file says of its tensors, in strict JSON.
 *
 * @param entries in the header's order
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int DEEPEST = 8;

  /** Where a tensor's bytes are, counted from the header's end. */
  record Entry(String name, String type, Dimensions dimensions, long begin, long end) {}

  static SafeTensorsHeader parse(String file, String json) {
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(DEEPEST);
      return new Parser(file, reader).header();
    } catch (IOException e) {
      throw new FileFormatException(file, "the header is not valid JSON: " + e.getMessage());
    }
  }

  /** Asks what comes before it takes it, so that Gson is never wrong-footed. */
  private static final class Parser {
    private final String file;
    private final JsonReader reader;

    Parser(String file, JsonReader reader) {
      this.file = file;
      this.reader = reader;
    }

    SafeTensorsHeader header() throws IOException {
      List<Entry> entries = new ArrayList<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      Set<String> names = new HashSet<>();
      expect(JsonToken.BEGIN_OBJECT, "the header");
      reader.beginObject();
      while (reader.peek() != JsonToken.END_OBJECT) {
        String name = text(reader.nextName());
        if (!names.add(name)) {
          throw refusal("the name %s is there twice".formatted(name));
        }
        if (name.equals(METADATA)) {
          readMetadata(metadata);
        } else {
          entries.add(entry(name));
        }
      }
      reader.endObject();
      expect(JsonToken.END_DOCUMENT, "the header's end");
      return new SafeTensorsHeader(entries, metadata);
    }

    private void readMetadata(Map<String, String> metadata) throws IOException {
      expect(JsonToken.BEGIN_OBJECT, METADATA);
      reader.beginObject();
      while (reader.peek() != JsonToken.END_OBJECT) {
        String key = text(reader.nextName());
        expect(JsonToken.STRING, "%s of %s".formatted(key, METADATA));
        if (metadata.put(key, text(reader.nextString())) != null) {
          throw refusal("%s of %s is there twice".formatted(key, METADATA));
        }
      }
      reader.endObject();
    }

    private Entry entry(String name) throws IOException {
      String type = null;
      Dimensions dimensions = null;
      List<Long> offsets = null;
      expect(JsonToken.BEGIN_OBJECT, name);
      reader.beginObject();
      while (reader.peek() != JsonToken.END_OBJECT) {
        String key = reader.nextName();
        if (key.equals("dtype") && type == null) {
          expect(JsonToken.STRING, "the dtype of " + name);
          type = reader.nextString();
        } else if (key.equals("shape") && dimensions == null) {
          long[] sizes = integers(name, key).stream().mapToLong(Long::longValue).toArray();
          dimensions = Dimensions.of(file + ", tensor " + name, sizes);
        } else if (key.equals("data_offsets") && offsets == null) {
          offsets = integers(name, key);
        } else {
          throw refusal("%s has %s, once too often or unknown".formatted(name, key));
        }
      }
      reader.endObject();
      if (type == null || dimensions == null || offsets == null || offsets.size() != 2) {
        throw refusal("%s needs a dtype, a shape, and two data_offsets".formatted(name));
      }
      return new Entry(name, type, dimensions, offsets.get(0), offsets.get(1));
    }

    private List<Long> integers(String name, String key) throws IOException {
      List<Long> integers = new ArrayList<>();
      expect(JsonToken.BEGIN_ARRAY, "%s of %s".formatted(key, name));
      reader.beginArray();
      while (reader.peek() != JsonToken.END_ARRAY) {
        expect(JsonToken.NUMBER, "%s of %s".formatted(key, name));
        integers.add(integer(reader.nextString()));
      }
      reader.endArray();
      return integers;
    }

    private long integer(String digits) {
      if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        try {
          return Long.parseLong(digits);
        } catch (NumberFormatException e) {
          throw refusal(digits + " is beyond 2^63");
        }
      }
      throw refusal(digits + " is no integer, or negative");
    }

    private String text(String text) {
      if (!Utf8.canEncode(text)) {
        throw refusal("a text has half of a character in it");
      }
      return text;
    }

    private void expect(JsonToken expected, String what) throws IOException {
      JsonToken found = reader.peek();
      if (found != expected) {
        throw refusal("%s has to be %s, and is %s".formatted(what, expected, found));
      }
    }

    private FileFormatException refusal(String problem) {
      return new FileFormatException(file, "the header: " + problem);
    }
  }
}
