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
 * A device of a client, which stores tensors and runs programs. Safe for use by multiple threads.
 *
 * <p>{@code put} copies host data to the device: a flat array of all elements in row-major order,
 * or nested arrays with one level per dimension, of the Java type that represents the element type
 * (see {@link DeviceArray}). Floats narrower than 32 bits are rounded to nearest, ties to even, as
 * in Python's {@code ml_dtypes}: values too large become infinite, NaN in types without infinities,
 * or the largest number in {@code f4E2M1FN}, which has neither. Any other value outside the range
 * of its type is rejected, never truncated.
 *
 * <p>The data may be modified once {@code put} or {@code putAsync} has returned. Both throw {@link
 * ArgumentException} if the data does not match the type, and {@link BufferStateException} if the
 * client was closed.
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

  /** Returns the client that this device belongs to. */
  public Pjrt client() {
    return client;
  }

  /** Returns the index of this device among the client's devices, from 0. */
  public int ordinal() {
    return context.ordinal();
  }

  /** Returns the vendor's name for the device, such as {@code NVIDIA H100 80GB HBM3}. */
  public String kind() {
    return context.handle().kind();
  }

  /** Copies booleans to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, boolean[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying booleans to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, boolean[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 8-bit integers to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, byte[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 8-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, byte[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 16-bit integers, or the bits of 16-bit floats, and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, short[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 16-bit integers, or the bits of 16-bit floats. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, short[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 32-bit integers to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, int[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 32-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, int[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies 64-bit integers to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, long[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying 64-bit integers to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, long[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies floats to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, float[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying floats to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, float[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies doubles to the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, double[] data) {
    return putAsync(type, data).value();
  }

  /** Starts copying doubles to the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, double[] data) {
    return this.<T>send(Shape.of(type), data);
  }

  /** Copies a boolean to a scalar on the device and waits for the transfer. */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, boolean value) {
    return putAsync(type, value).value();
  }

  /** Starts copying a boolean to a scalar on the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, boolean value) {
    return this.<T>send(Shape.of(type), value);
  }

  /**
   * Copies a number to a scalar on the device and waits for the transfer. Its class is the box of
   * the element type's array component type, such as {@code Float} for {@code f32}.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Number value) {
    return putAsync(type, value).value();
  }

  /** Starts copying a number to a scalar on the device. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Number value) {
    return this.<T>send(Shape.of(type), value);
  }

  /**
   * Copies nested arrays, such as a {@code float[][]} for a matrix, and waits for the transfer.
   * Rows that are null, or whose length or depth differs from the shape's, are rejected.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Object[] rows) {
    return putAsync(type, rows).value();
  }

  /** Starts copying nested arrays, such as a {@code float[][]} for a matrix. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Object[] rows) {
    return this.<T>send(Shape.of(type), rows);
  }

  /**
   * Copies the contents of a buffer between its position and its limit, both of which stay
   * unchanged, and waits for the transfer. A {@link java.nio.ByteBuffer} holds the bytes of
   * elements of any type. The buffer must have the machine's byte order; new byte buffers are
   * big-endian.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Buffer data) {
    return putAsync(type, data).value();
  }

  /** Starts copying the contents of a buffer between its position and its limit. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Buffer data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Transfers ownership of a host tensor to the device and waits for the transfer. A CPU device
   * uses the memory directly, without a copy, except for types narrower than a byte. The host
   * tensor may not be used afterwards.
   *
   * @throws ArgumentException if an element is not a value of its type; the host tensor then stays
   *     usable
   * @throws BufferStateException if the host tensor was closed or handed over before, or a native
   *     call is using its segment
   */
  public <T extends Element> DeviceBuffer<T> put(HostTensor<T> data) {
    return putAsync(data).value();
  }

  /** Starts transferring ownership of a host tensor, which may not be used afterwards. */
  public <T extends Element> BufferPromise<T> putAsync(HostTensor<T> data) {
    return created(HostToDevice.handOver(context, data.shape(), data.handOver(this)));
  }

  /**
   * Shares native memory with the device and waits until the buffer is ready. A CPU device uses the
   * memory without a copy if it is aligned to 64 bytes and the type is not narrower than a byte;
   * otherwise the memory is copied.
   *
   * <p>The memory must not change while this buffer, or another one that shares the memory, is in
   * use: results would be undefined. The device never writes to it: a kernel to which the buffer is
   * donated copies it first. The segment is kept reachable while the device needs it, so its arena
   * must be one that cannot be closed: {@link java.lang.foreign.Arena#ofAuto} or {@link
   * java.lang.foreign.Arena#global}.
   *
   * @throws ArgumentException if the segment's size differs, or its arena can be closed
   */
  public <T extends Element> DeviceBuffer<T> putShared(Class<T> type, MemorySegment data) {
    return putSharedAsync(type, data).value();
  }

  /** Starts sharing native memory with the device, as {@link #putShared} does. */
  public <T extends Element> BufferPromise<T> putSharedAsync(Class<T> type, MemorySegment data) {
    return created(HostToDevice.share(context, Shape.of(type), data));
  }

  /** Like {@link #putShared(Class, MemorySegment)}, for shapes known only at run time. */
  public DeviceBuffer<?> putShared(Shape shape, MemorySegment data) {
    return putSharedAsync(shape, data).value();
  }

  /** Like {@link #putSharedAsync(Class, MemorySegment)}, for shapes known only at run time. */
  public BufferPromise<?> putSharedAsync(Shape shape, MemorySegment data) {
    return created(HostToDevice.share(context, shape, data));
  }

  /**
   * Returns the memories that this device can address, in PJRT's order.
   *
   * @throws PjrtException if the plugin does not implement the query
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
   * Returns the memory of a kind, such as {@code pinned_host}.
   *
   * @throws ArgumentException if this device has no memory of that kind; the message lists its
   *     kinds
   * @throws PjrtException if the plugin does not implement the query
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
   * the transfer. An element narrower than a byte takes one byte: its value, or its bits
   * zero-extended.
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, MemorySegment data) {
    return putAsync(type, data).value();
  }

  /** Starts copying the bytes of elements, dense and row-major in the machine's byte order. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, MemorySegment data) {
    return this.<T>send(Shape.of(type), data);
  }

  /**
   * Copies data to the device and waits for the transfer, for shapes known only at run time. The
   * data is a flat or nested array, a buffer, a {@link MemorySegment}, or, for a scalar, a boxed
   * primitive.
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
   * Compiles a program for this device, or returns the existing executable of an equal program:
   * concurrent calls share one compilation. The client owns the executable. The calling thread
   * parks while a thread of the library compiles.
   *
   * @throws CompilationException if the program is rejected; the message shows the line
   */
  public Executable compile(Program program) {
    return compileAsync(program).value();
  }

  /** Starts compiling a program for this device, as {@link #compile} does. */
  public Promise<Executable> compileAsync(Program program) {
    return group.compileAsync(program);
  }

  /**
   * Returns the signature of a program in portable bytecode for one device, for {@link
   * Program#ofBytecode(byte[], String)}. XLA compiles the program to determine it. The arguments of
   * the exported function are named in locations, if the bytecode contains them.
   *
   * @return the signature, such as {@code (%arg0: tensor<4xf32> loc("x")) -> (tensor<4xf32>)}
   * @throws CompilationException if XLA rejects the bytecode
   * @throws PjrtException if the plugin does not implement the query
   */
  public String signatureOf(byte[] bytecode) {
    return BytecodeSignature.of(context, bytecode);
  }

  /**
   * Starts a program, as {@link DeviceGroup#start} does.
   *
   * @throws HloException as {@link Executable#start} does; the results report errors in the program
   */
  public Results start(Program program, Tensor<?>... arguments) {
    return group.start(program, arguments);
  }

  /**
   * Loads a program serialized by {@link Executable#serialize}, which is much faster than compiling
   * it. The bytes contain machine code: load them only from a trusted source.
   *
   * @throws ArgumentException if they were compiled from another program, by another plugin, or for
   *     another machine or device
   */
  public Executable load(Program program, SerializedExecutable serialized) {
    return group.load(program, serialized);
  }

  /** Returns the platform and the ordinal, such as {@code cpu:0}. */
  @Override
  public String toString() {
    return context.toString();
  }
}
