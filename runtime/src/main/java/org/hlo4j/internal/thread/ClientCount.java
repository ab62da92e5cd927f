package org.hlo4j.internal.thread;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts open clients. The library's threads start with the first and end with the last, so that
 * the classes of a redeployed application can be unloaded.
 */
public final class ClientCount {
  private static final List<Resident> RESIDENTS = new ArrayList<>();
  private static int clients;

  private ClientCount() {}

  /** A component that exists while a client is open. */
  @FunctionalInterface
  public interface Resident {
    /** Called when the first client is opened; by default, components start on demand. */
    default void begin() {}

    /** Called when the last client was closed, and its native object destroyed. */
    void end();
  }

  /** Adds a resident for as long as this class is loaded. */
  public static synchronized void add(Resident resident) {
    RESIDENTS.add(resident);
    if (clients > 0) {
      resident.begin();
    }
  }

  public static synchronized void opened() {
    clients++;
    if (clients == 1) {
      RESIDENTS.forEach(Resident::begin);
    }
  }

  /** Records that a client's native object was destroyed. */
  public static synchronized void closed() {
    clients--;
    if (clients == 0) {
      RESIDENTS.forEach(Resident::end);
    }
  }
}
