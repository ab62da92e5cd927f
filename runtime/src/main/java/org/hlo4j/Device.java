package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.compile.BytecodeSignature;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.internal.transfer.HostToDevice;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A device of a client: where tensors live and programs run. Safe for use by many threads.
 *
 * <p>{@code put} copies host data to the device: a flat array with all elements in row-major order,
 * or nested arrays, one level for each dimension, of what carries the element type (see {@link
 * Tensor}). Floats narrower than 32 bits are rounded to nearest, ties to even, as Python's {@code
 * ml_dtypes} does: what is too large becomes infinite, or NaN in types without infinities, or in
 * {@code f4E2M1FN}, which has neither, the largest number. Any other value that a type cannot hold
 * is refused, never cut.
 *
 * <p>The data may be changed as soon as {@code put} or {@code putAsync} has returned. Each throws
 * {@link ArgumentException} if the data does not fit the type, and {@link BufferStateException} if
 * the client was closed.
 */
public final class Device {
  private final Pjrt client;
  private final DeviceContext context;
  private final DeviceGroup group;
  private volatile @Nullable List<Memory> memories;

  Device(Pjrt client, DeviceContext context) {
    this.client = client;
    this.context = context;
    this.group = new DeviceGroup(List.of(this), context.group());
  }

  DeviceContext context() {
    return context;
  }

  DeviceGroup group() {
    return group;
  }

  /** The client that this device belongs to. */
  public Pjrt client() {
    return client;
  }

  /** Its place among the client's devices, counted from 0. */
  public int ordinal() {
    return context.ordinal();
  }

  /** What the vendor calls it, such as {@code NVIDIA H100 80GB HBM3}. */
  public String kind() {
    return context.handle().kind();
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

  /** Copies a boolean to a scalar on the device and waits for it to arrive. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, boolean value) {
    return putAsync(type, value).value();
  }

  /** Starts copying a boolean to a scalar on the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, boolean value) {
    return this.<T>send(Shape.of(type), value);
  }

  /**
   * Copies a number, of the kind that arrays of the element type are made of, to a scalar on the
   * device and waits for it to arrive.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Number value) {
    return putAsync(type, value).value();
  }

  /** Starts copying a number to a scalar on the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Number value) {
    return this.<T>send(Shape.of(type), value);
  }

  /**
   * Copies nested arrays, such as a {@code float[][]} for a matrix, and waits for them to arrive.
   * Rows that are missing, or of another length or depth than the shape's, are refused.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Object[] rows) {
    return putAsync(type, rows).value();
  }

  /** Starts copying nested arrays, such as a {@code float[][]} for a matrix. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Object[] rows) {
    return this.<T>send(Shape.of(type), rows);
  }

  /**
   * Copies what a buffer has from its position to its limit, both of which stay, and waits for it
   * to arrive. A {@link java.nio.ByteBuffer} has the bytes of elements of any type. A buffer in
   * another byte order than the machine's is refused; new byte buffers are big-endian.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Buffer data) {
    return putAsync(type, data).value();
  }

  /** Starts copying what a buffer has from its position to its limit. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Buffer data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Hands a host tensor over to the device and waits for it to arrive. A CPU device takes its
   * memory as its own, without a copy, but for types narrower than a byte. The host tensor is gone
   * then.
   *
   * @throws ArgumentException if an element is none of its type; the host tensor is then still
   *     there
   * @throws BufferStateException if it was closed or handed over before, or a native call uses its
   *     segment right now
   */
  public <T extends Element> DeviceBuffer<T> put(HostTensor<T> data) {
    return putAsync(data).value();
  }

  /** Starts handing a host tensor over to the device. The host tensor is gone at once. */
  public <T extends Element> BufferPromise<T> putAsync(HostTensor<T> data) {
    return created(HostToDevice.handOver(context, data.shape(), data.handOver(this)));
  }

  /**
   * Lets the device use native memory as it is, and waits until it can: without a copy on a CPU
   * device, if the memory is aligned to 64 bytes and the type is not narrower than a byte;
   * otherwise it is copied.
   *
   * <p>The memory must not change as long as the buffer, or any other that shares its memory, is
   * there: the device would compute with a mixture. The device never writes it: a kernel that the
   * buffer is donated to copies it first. The segment is kept reachable as long as the device needs
   * it, so its arena has to be one that nobody can close: {@link java.lang.foreign.Arena#ofAuto} or
   * {@link java.lang.foreign.Arena#global}.
   *
   * @throws ArgumentException if the segment has another size, or an arena that can be closed
   */
  public <T extends Element> DeviceBuffer<T> putShared(Class<T> type, MemorySegment data) {
    return putSharedAsync(type, data).value();
  }

  /** Starts letting the device use native memory as it is, as {@link #putShared} does. */
  public <T extends Element> BufferPromise<T> putSharedAsync(Class<T> type, MemorySegment data) {
    return created(HostToDevice.share(context, Shape.of(type), data));
  }

  /** As {@link #putShared(Class, MemorySegment)}, for shapes known only when the program runs. */
  public DeviceBuffer<?> putShared(Shape shape, MemorySegment data) {
    return putSharedAsync(shape, data).value();
  }

  /** As {@link #putSharedAsync(Class, MemorySegment)}, for shapes known when the program runs. */
  public BufferPromise<?> putSharedAsync(Shape shape, MemorySegment data) {
    return created(HostToDevice.share(context, shape, data));
  }

  /**
   * The memories that this device can reach, in PJRT's order.
   *
   * @throws PjrtException if the plugin does not tell
   */
  public List<Memory> memories() {
    List<Memory> known = memories;
    if (known == null) {
      ClientHandle handle = context.client().handle();
      MemoryHandle usual = context.handle().defaultMemory(handle);
      known =
          context.handle().memories(handle).stream()
              .map(memory -> new Memory(this, memory, memory.isSame(usual)))
              .toList();
      memories = known;
    }
    return known;
  }

  /**
   * The memory of a kind, such as {@code pinned_host}.
   *
   * @throws ArgumentException if this device reaches none of that kind; the message names those
   *     that there are
   * @throws PjrtException if the plugin does not tell
   */
  public Memory memory(String kind) {
    return memories().stream()
        .filter(memory -> memory.kind().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new ArgumentException(
                    "%s has no memory of the kind %s, only %s"
                        .formatted(this, kind, memories().stream().map(Memory::kind).toList())));
  }

  /**
   * Copies the bytes of elements, dense and row-major in the machine's byte order, and waits for
   * them to arrive. Types narrower than a byte take one byte an element: its value, or its bits
   * with zeros above them.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, MemorySegment data) {
    return putAsync(type, data).value();
  }

  /** Starts copying the bytes of elements, dense and row-major in the machine's byte order. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, MemorySegment data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Copies data to the device and waits for it to arrive, for shapes that are known only when the
   * program runs: a flat or nested array, a buffer, a {@link MemorySegment}, or, for a scalar, a
   * boxed primitive.
   */
  public DeviceBuffer<?> put(Shape shape, Object data) {
    return putAsync(shape, data).value();
  }

  /** Starts copying data to the device, as {@link #put(Shape, Object)} does. */
  public BufferPromise<?> putAsync(Shape shape, Object data) {
    return send(shape, data);
  }

  private <T extends Element> BufferPromise<T> send(Shape shape, Object data) {
    return created(HostToDevice.send(context, null, shape, data));
  }

  private <T extends Element> BufferPromise<T> created(BufferState buffer) {
    return BufferPromise.created(buffer, this);
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
    return group.compileAsync(program);
  }

  /**
   * Asks XLA for the signature of a program in portable bytecode, for one device, by compiling it:
   * {@link Program#ofBytecode(byte[], String)} takes it. Inputs have the names of the exported
   * function's arguments as locations, where the bytecode says them. Waits while XLA compiles.
   *
   * @return such as {@code (%arg0: tensor<4xf32> loc("x")) -> (tensor<4xf32>)}
   * @throws CompilationException if XLA refuses the bytecode
   * @throws PjrtException if the plugin does not tell
   */
  public String signatureOf(byte[] bytecode) {
    return BytecodeSignature.of(context, bytecode);
  }

  /**
   * Starts a program, as {@link DeviceGroup#start} does.
   *
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(Program program, Tensor<?>... arguments) {
    return group.start(program, arguments);
  }

  /**
   * Loads a program that {@link Executable#serialize} has written, instead of compiling it; that
   * takes a small part of the time. The bytes are machine code: load only what you trust.
   *
   * @throws ArgumentException if it was compiled from another program, by another plugin, or for
   *     another machine or device
   */
  public Executable load(Program program, SerializedExecutable serialized) {
    return group.load(program, serialized);
  }

  /** The platform and the ordinal, such as {@code cpu:0}. */
  @Override
  public String toString() {
    return context.toString();
  }
}
