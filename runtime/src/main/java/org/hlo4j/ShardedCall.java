package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Shape;

/**
 * One call of an executable on several devices, whose arguments have been checked. Everything that
 * may be wrong is found before any device starts. Used by one thread.
 */
final class ShardedCall {
  private final Program program;
  private final DeviceGroup group;
  private final List<Sharding> outputShardings;
  private final CallSite site;
  private final List<CallRow> rows = new ArrayList<>();
  private final ArgumentLocks locks;

  ShardedCall(
      Program program,
      DeviceGroup group,
      List<Sharding> outputShardings,
      ShardedBuffer<?>[] arguments,
      CallSite site) {
    this.program = program;
    this.group = group;
    this.outputShardings = outputShardings;
    this.site = site;
    this.locks = new ArgumentLocks(group.size() * arguments.length, this::nameOf);
    for (int place = 0; place < group.size(); place++) {
      DeviceBuffer<?>[] shards = new DeviceBuffer<?>[arguments.length];
      for (int i = 0; i < shards.length; i++) {
        shards[i] = arguments[i].shardList().get(place);
      }
      int first = place * arguments.length;
      rows.add(new CallRow(program, group.device(place), shards, locks, first));
    }
  }

  private String nameOf(int index) {
    int inputs = program.inputs().size();
    return "%s: argument %s on %s"
        .formatted(
            program.name(),
            program.inputs().get(index % inputs).name(),
            group.device(index / inputs));
  }

  /** Starts the program. The caller has entered the executable. */
  LaunchGate.Launched<ShardedResults> start(ExecutableHandle executable) {
    boolean launched = false;
    try {
      locks.lock(site);
      rows.forEach(CallRow::holdForwarded);
      boolean[] kept = new boolean[program.inputs().size()];
      rows.forEach(row -> row.markKept(kept));
      BufferHandle[][] passed = rows.stream().map(CallRow::passed).toArray(BufferHandle[][]::new);
      List<ExecutableHandle.Launch> launches = executable.executeAll(passed, places(kept));
      launched = true;
      return results(launches);
    } catch (PjrtException e) {
      throw new PjrtException(e.code(), site + ": " + e.getMessage(), e);
    } finally {
      if (!launched) {
        rows.forEach(CallRow::letGoForwarded);
      }
      locks.unlock();
    }
  }

  /** Where the inputs that keep their memory are among those that are passed. */
  private int[] places(boolean[] kept) {
    List<Integer> passed =
        IntStream.range(0, kept.length)
            .filter(i -> program.plan().inputs().get(i).isPassed())
            .boxed()
            .toList();
    return IntStream.range(0, passed.size()).filter(i -> kept[passed.get(i)]).toArray();
  }

  private LaunchGate.Launched<ShardedResults> results(List<ExecutableHandle.Launch> launched) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < outputShardings.size(); i++) {
      shapes.add(outputShardings.get(i).shardShape(program.outputs().get(i).shape()));
    }
    List<DeviceBuffer<?>[]> byDevice = new ArrayList<>();
    for (int place = 0; place < rows.size(); place++) {
      byDevice.add(rows.get(place).outputs(launched.get(place), shapes, site));
    }
    try {
      rows.forEach(row -> row.spendDonated(site));
    } catch (PjrtException e) {
      byDevice.forEach(ShardedCall::closeAll);
      throw e;
    }
    List<ShardedBuffer<?>> outputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int index = i;
      outputs.add(
          new ShardedBuffer<>(
              group,
              program.outputs().get(i).shape(),
              outputShardings.get(i),
              byDevice.stream().map(row -> row[index]).toArray(DeviceBuffer<?>[]::new)));
    }
    List<CompletableFuture<Void>> ends =
        launched.stream().map(ExecutableHandle.Launch::complete).toList();
    return new LaunchGate.Launched<>(new ShardedResults(List.copyOf(outputs), ends, site), ends);
  }

  private static void closeAll(DeviceBuffer<?>[] buffers) {
    for (DeviceBuffer<?> buffer : buffers) {
      buffer.close();
    }
  }
}
