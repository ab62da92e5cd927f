package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Semaphore;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.pjrt.DeviceHandle;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A device of a client: where tensors live and programs run. Safe for use by many threads.
 *
 * <p>{@code put} copies host data to the device. The array has one element for each of the shape's,
 * row-major, and the element type's natural kind (see {@link Tensor}); an {@code f16} or {@code
 * bf16} also takes a {@code float[]}, rounded to nearest with ties to even, or a {@code short[]} of
 * its bits. The array may be changed as soon as {@code put} or {@code putAsync} has returned. Each
 * throws {@link ArgumentException} if the data does not fit the type, and {@link
 * BufferStateException} if the client was closed.
 */
public final class Device {
  /** As many as XLA's own clients keep in flight on a device. */
  private static final int DEFERRED_CALLS = 32;

  private final Pjrt client;
  private final DeviceHandle handle;
  private final int ordinal;
  private final Semaphore deferredCalls = new Semaphore(DEFERRED_CALLS);

  private final CallsInFlight callsInFlight;

  Device(Pjrt client, DeviceHandle handle, int ordinal, CallsInFlight callsInFlight) {
    this.callsInFlight = callsInFlight;
    this.client = client;
    this.handle = handle;
    this.ordinal = ordinal;
  }

  DeviceHandle handle() {
    return handle;
  }

  boolean sharesHostMemory() {
    return client.isCpu();
  }

  /** The client that this device belongs to. */
  public Pjrt client() {
    return client;
  }

  /** Its place among the client's devices, counted from 0. */
  public int ordinal() {
    return ordinal;
  }

  /** What the vendor calls it, such as {@code NVIDIA H100 80GB HBM3}. */
  public String kind() {
    return handle.kind();
  }

  /** Copies booleans to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, boolean[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying booleans to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, boolean[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 8-bit integers to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, byte[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 8-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, byte[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 16-bit integers, or the bits of 16-bit floats, and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, short[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 16-bit integers, or the bits of 16-bit floats. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, short[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 32-bit integers to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, int[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 32-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, int[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 64-bit integers to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, long[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 64-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, long[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies floats to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, float[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying floats to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, float[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies doubles to the device and waits for them to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, double[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying doubles to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, double[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Copies the bytes of elements, dense and row-major in the machine's byte order, and waits for
   * them to arrive. Types narrower than a byte take one byte an element.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, MemorySegment data) {
    return putAsync(type, data).value();
  }

  /** Starts copying the bytes of elements, dense and row-major in the machine's byte order. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, MemorySegment data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Copies an array of primitives or a {@link MemorySegment} to the device and waits for it to
   * arrive, for shapes that are known only when the program runs.
   */
  public DeviceBuffer<?> put(Shape shape, Object data) {
    return putAsync(shape, data).value();
  }

  /** Starts copying an array of primitives or a {@link MemorySegment} to the device. */
  public BufferPromise<?> putAsync(Shape shape, Object data) {
    return send(shape, data);
  }

  private <T extends Element> BufferPromise<T> send(Shape shape, Object data) {
    return new BufferPromise<>(Sending.send(this, shape, data));
  }

  /**
   * Compiles a program for this device, or answers the executable that an equal program already
   * has: many threads that ask at once share one compilation. The client owns the executable.
   * Waits, parked, while another thread of the library compiles.
   *
   * @throws CompilationException if the program is refused; the message shows its line
   */
  public Executable compile(Program program) {
    return compileAsync(program).value();
  }

  /** Starts compiling a program for this device, as {@link #compile} does. */
  public Promise<Executable> compileAsync(Program program) {
    return client.compilations().compile(this, program);
  }

  /**
   * Starts a program, which is compiled first if it was not yet: the call then waits for that, and
   * the caller does not.
   *
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(Program program, Tensor<?>... arguments) {
    Promise<Executable> compiling = compileAsync(program);
    if (compiling.isReady()) {
      return compiling.value().start(arguments);
    }
    new Arguments(program, this).check(arguments);
    return DeferredCall.start(compiling.toCompletableFuture(), program, this, arguments);
  }

  CallsInFlight callsInFlight() {
    return callsInFlight;
  }

  /** The calls that wait for their program, or for such a call. */
  Semaphore deferredCalls() {
    return deferredCalls;
  }

  /**
   * Loads a program that {@link Executable#serialize} has written, instead of compiling it; that
   * takes a small part of the time. The bytes are machine code: load only what you trust.
   *
   * @throws ArgumentException if it was compiled from another program, by another plugin, or for
   *     another machine or device
   */
  public Executable load(Program program, SerializedExecutable serialized) {
    return client.compilations().load(this, program, serialized);
  }

  /** The platform and the ordinal, such as {@code cpu:0}. */
  @Override
  public String toString() {
    return client.platform() + ":" + ordinal;
  }
}
