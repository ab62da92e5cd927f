package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;
import org.hlo4j.internal.thread.ClientCount;

/**
 * A native function that calls a Java method while a client is open. Native code may still be about
 * to leave the function when nobody will call it again, so that it is never freed. It must not keep
 * the method's class loader, though: it refers to the method through a cell, both of which are
 * classes of the JDK, and which is empty while there is no client.
 */
final class UpcallStub implements ClientCount.Resident {
  private final AtomicReference<MethodHandle> cell;
  private final MethodHandle target;
  private final MethodHandle nothing;

  private UpcallStub(MethodHandle target) {
    this.target = target;
    this.nothing = MethodHandles.empty(target.type());
    this.cell = new AtomicReference<>(nothing);
  }

  /**
   * A native function for as long as the process runs.
   *
   * @param target a method that returns nothing and throws nothing
   */
  static MemorySegment of(MethodHandle target, FunctionDescriptor descriptor) {
    UpcallStub stub = new UpcallStub(target);
    ClientCount.add(stub);
    return Linker.nativeLinker().upcallStub(stub.throughCell(), descriptor, Arena.global());
  }

  private MethodHandle throughCell() {
    try {
      MethodHandle get =
          MethodHandles.publicLookup()
              .findVirtual(AtomicReference.class, "get", MethodType.methodType(Object.class))
              .bindTo(cell)
              .asType(MethodType.methodType(MethodHandle.class));
      return MethodHandles.foldArguments(MethodHandles.exactInvoker(target.type()), get);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public void begin() {
    cell.set(target);
  }

  @Override
  public void end() {
    cell.set(nothing);
  }
}
