package org.hlo4j.internal.pjrt.proto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads the fields of a protocol buffer message one after another, and never beyond the message.
 * Callers skip unneeded fields.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int LONGEST_VARINT = 64;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int wireType;
  private long number;
  private int start;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /**
   * Advances to the next field.
   *
   * @return whether there is one
   * @throws IllegalArgumentException if the bytes are malformed
   */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    number = 0;
    start = at;
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(Long.BYTES);
      case LENGTH_DELIMITED -> {
        long length = varint();
        start = at;
        skip(length);
      }
      case FIXED_32 -> skip(Integer.BYTES);
      default -> throw malformed();
    }
    return true;
  }

  int field() {
    return field;
  }

  /** Returns the field's value, if it is an integer; otherwise 0. */
  long integer() {
    return number;
  }

  String string() {
    return new String(bytes, start, at - start, StandardCharsets.UTF_8);
  }

  /** Returns the field's value as a message, or as packed integers. */
  ProtoReader message() {
    if (wireType != LENGTH_DELIMITED) {
      throw malformed();
    }
    return new ProtoReader(bytes, start, at);
  }

  /** Returns the values of all remaining fields with a number, as messages. */
  List<ProtoReader> messages(int wanted) {
    List<ProtoReader> messages = new ArrayList<>();
    while (next()) {
      if (field == wanted) {
        messages.add(message());
      }
    }
    return messages;
  }

  /** Passes the integers of a repeated field, packed or single, to a sink. */
  void integers(LongConsumer sink) {
    if (wireType == VARINT) {
      sink.accept(number);
      return;
    }
    ProtoReader packed = message();
    while (packed.at < packed.end) {
      sink.accept(packed.varint());
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
      if (at == end) {
        throw malformed();
      }
      byte next = bytes[at];
      at++;
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private void skip(long length) {
    if (length < 0 || length > end - at) {
      throw malformed();
    }
    at += (int) length;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("The bytes are not a protocol buffer message");
  }
}
