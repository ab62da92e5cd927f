package org.hlo4j.internal.memory;

import static com.google.common.truth.Truth.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GarbageCollectorTest {
  private static final int OBJECTS = 20_000;

  @Test
  void everythingUnreachableIsFreedOnReturn() {
    AtomicInteger freed = new AtomicInteger();
    for (int i = 0; i < OBJECTS; i++) {
      var unused = UnreachableObjects.watch(new Object(), freed::incrementAndGet);
    }

    GarbageCollector.collect();

    assertThat(freed.get()).isEqualTo(OBJECTS);
  }

  @Test
  void whatIsReachableStays() {
    AtomicInteger freed = new AtomicInteger();
    List<Object> reachable = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      Object object = new Object();
      reachable.add(object);
      var unused = UnreachableObjects.watch(object, freed::incrementAndGet);
    }

    GarbageCollector.collect();

    assertThat(freed.get()).isEqualTo(0);
    assertThat(reachable).hasSize(OBJECTS);
  }

  @Test
  void anEndedWatchIsNotToldOfItsObject() {
    AtomicInteger freed = new AtomicInteger();
    UnreachableObjects.watch(new Object(), freed::incrementAndGet).run();

    GarbageCollector.collect();

    assertThat(freed.get()).isEqualTo(1);
    assertThat(UnreachableObjects.isAnyFound()).isFalse();
  }
}
