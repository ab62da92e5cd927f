package org.hlo4j.internal.thread;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the clients that are open. What threads there are begins with the first and ends with the
 * last, so that the classes of an application that is redeployed can be collected.
 */
public final class ClientCount {
  private static final List<Resident> RESIDENTS = new ArrayList<>();
  private static int clients;

  private ClientCount() {}

  /** Something that exists while a client is open. */
  @FunctionalInterface
  public interface Resident {
    /** The first client was opened; by default, nothing starts before it is needed. */
    default void begin() {}

    /** The last client was closed, and its native object is gone. */
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

  /** A client's native object is gone. */
  public static synchronized void closed() {
    clients--;
    if (clients == 0) {
      RESIDENTS.forEach(Resident::end);
    }
  }
}
