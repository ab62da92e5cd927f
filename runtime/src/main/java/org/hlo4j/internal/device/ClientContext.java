package org.hlo4j.internal.device;

import org.hlo4j.internal.pjrt.ClientHandle;

/** A client's native handle, and state shared by its devices. Safe for use by multiple threads. */
public final class ClientContext {
  /** Closes the client when unreachable; buffers and calls keep it reachable through this. */
  @SuppressWarnings("UnusedVariable")
  private final Object owner;

  private final ClientHandle handle;
  private final String platform;
  private final LaunchGate launches;

  /**
   * Creates the context of a client.
   *
   * @param owner closes the client, at the latest when it is unreachable
   */
  public ClientContext(Object owner, ClientHandle handle) {
    this.owner = owner;
    this.handle = handle;
    this.platform = handle.platformName();
    this.launches = new LaunchGate(isCpu());
  }

  public ClientHandle handle() {
    return handle;
  }

  /** Returns the platform's name, such as {@code cpu} or {@code cuda}. */
  public String platform() {
    return platform;
  }

  /** Returns whether the devices share the host's memory. */
  public boolean isCpu() {
    return platform.equals("cpu");
  }

  /** Returns the gate through which programs on several devices start. */
  public LaunchGate launches() {
    return launches;
  }
}
