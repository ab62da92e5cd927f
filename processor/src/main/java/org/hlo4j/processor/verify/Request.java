package org.hlo4j.processor.verify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.cache.KeyHasher;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;

/**
 * A request to compile a program. Immutable.
 *
 * @param text the text of the program; for bytecode, its signature
 * @param bytecode the program, if it is not text; otherwise empty
 */
@SuppressWarnings("ArrayRecordComponent") // It is never changed, and requests are not compared.
public record Request(
    String text,
    byte[] bytecode,
    int replicas,
    int partitions,
    boolean wantsExecutable,
    boolean wantsCosts) {
  private static final byte[] NO_BYTECODE = {};
  private static final String COSTS = "costs";

  /** Returns a request for a program as text. */
  public static Request ofText(String program) {
    return new Request(program, NO_BYTECODE, 1, 1, false, false);
  }

  /** Returns a request for a program in bytecode. */
  public static Request ofBytecode(byte[] bytecode, String signature) {
    return new Request(signature, bytecode, 1, 1, false, false);
  }

  /** Returns this request with the executable. */
  public Request withExecutable() {
    return new Request(text, bytecode, replicas, partitions, true, wantsCosts);
  }

  /** Returns this request with the costs. */
  public Request withCosts() {
    return new Request(text, bytecode, replicas, partitions, wantsExecutable, true);
  }

  /** Returns this request for several devices. */
  public Request onDevices(DeviceCounts counts) {
    return new Request(
        text, bytecode, counts.replicas(), counts.partitions(), wantsExecutable, wantsCosts);
  }

  /**
   * Parses the program.
   *
   * @throws CompilationException if it is invalid
   */
  Program program() {
    return bytecode.length == 0
        ? Program.of(text, replicas, partitions)
        : Program.ofBytecode(bytecode, text, replicas, partitions);
  }

  /** Adds the inputs of the verdict; executables and costs also depend on the processor. */
  void addTo(KeyHasher key) {
    key.add(text).add(bytecode);
    if (replicas * partitions > 1) {
      key.add("%s replicas, %s partitions".formatted(replicas, partitions));
    }
    if (wantsExecutable) {
      key.add(Machine.processor());
    }
    if (wantsCosts) {
      key.add(COSTS).add(Machine.processor());
    }
  }

  void write(DataOutputStream out) throws IOException {
    Wire.writeStart(out);
    Wire.writeText(out, text);
    Wire.writeBytes(out, bytecode);
    out.writeInt(replicas);
    out.writeInt(partitions);
    out.writeBoolean(wantsExecutable);
    out.writeBoolean(wantsCosts);
    out.flush();
  }

  static Request read(DataInputStream in) throws IOException {
    Wire.readStart(in);
    String text = Wire.readText(in);
    byte[] bytecode = Wire.readBytes(in);
    return new Request(
        text, bytecode, in.readInt(), in.readInt(), in.readBoolean(), in.readBoolean());
  }
}
