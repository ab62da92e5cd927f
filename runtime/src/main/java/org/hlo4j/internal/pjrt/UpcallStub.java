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
 * A native function that calls a Java method while a client is open. It is never freed, since
 * native code may still be returning from it. So as not to keep the method's class loader alive, it
 * refers to the method through a cell of JDK classes, which is empty while there is no client.
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
   * Returns a native function that stays allocated until the process ends.
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
