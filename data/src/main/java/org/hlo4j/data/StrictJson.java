package org.hlo4j.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads strict JSON in a file, with its own error messages. It checks each token's type before
 * reading it, so that Gson's conversions never apply.
 */
record StrictJson(String file, String part, JsonReader reader) {
  private static final int DEEPEST = 8;

  /** The position in Gson's messages. */
  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

  /** Reads the value of an object's member, whose name was already read. */
  interface Member {
    void read(String name) throws IOException;
  }

  /** Reads a whole document. */
  interface Content<T> {
    T read(StrictJson json) throws IOException;
  }

  /**
   * Reads a document.
   *
   * @param part the part of the file, as the subject of a sentence
   * @throws FileFormatException if it is not JSON, or has trailing content
   */
  static <T> T read(String file, String part, String text, Content<T> content) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(DEEPEST);
      StrictJson json = new StrictJson(file, part, reader);
      T result = content.read(json);
      json.expect(JsonToken.END_DOCUMENT, part + "'s end");
      return result;
    } catch (IOException e) {
      throw new FileFormatException(file, "%s is not valid JSON%s", part, why(e));
    }
  }

  private static String why(IOException e) {
    String message = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(message);
    String where =
        place.find() ? " in line %s, column %s".formatted(place.group(1), place.group(2)) : "";
    if (e instanceof EOFException) {
      return ": it ends prematurely," + where;
    }
    return message.startsWith("Nesting limit")
        ? ": it is nested more than %s levels deep%s".formatted(DEEPEST, where)
        : where;
  }

  /** Reads an object. */
  void object(String what, Member member) throws IOException {
    expect(JsonToken.BEGIN_OBJECT, what);
    reader.beginObject();
    while (reader.peek() != JsonToken.END_OBJECT) {
      member.read(text(reader.nextName()));
    }
    reader.endObject();
  }

  /** Reads an array of non-negative integers. */
  List<Long> integers(String what) throws IOException {
    expect(JsonToken.BEGIN_ARRAY, what);
    reader.beginArray();
    List<Long> integers = new ArrayList<>();
    while (reader.peek() != JsonToken.END_ARRAY) {
      integers.add(integer(what));
    }
    reader.endArray();
    return integers;
  }

  /** Reads a string. */
  String string(String what) throws IOException {
    expect(JsonToken.STRING, what);
    return text(reader.nextString());
  }

  private long integer(String what) throws IOException {
    expect(JsonToken.NUMBER, what);
    String digits = reader.nextString();
    if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw refusal(digits + " exceeds 2^63");
      }
    }
    throw refusal(digits + " is negative or not an integer");
  }

  /** Skips a value. */
  void skip() throws IOException {
    reader.skipValue();
  }

  FileFormatException refusal(String problem) {
    return new FileFormatException(file, "%s: %s", part, problem);
  }

  private String text(String text) {
    if (!Utf8.canEncode(text)) {
      throw refusal("a string has an unpaired surrogate");
    }
    return text;
  }

  private void expect(JsonToken expected, String what) throws IOException {
    JsonToken found = reader.peek();
    if (found != expected) {
      throw refusal("%s must be %s, but is %s".formatted(what, name(expected), name(found)));
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case END_ARRAY -> "the end of an array";
      case BEGIN_OBJECT -> "an object";
      case END_OBJECT -> "the end of an object";
      case NAME -> "a name";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case END_DOCUMENT -> "the end";
    };
  }
}
