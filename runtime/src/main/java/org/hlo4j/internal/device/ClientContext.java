package org.hlo4j.internal.device;

import org.hlo4j.internal.pjrt.ClientHandle;

/** A client's native handle, and what its devices share. Safe for use by many threads. */
public final class ClientContext {
  /** Closes the client when it is unreachable: not as long as a buffer or a call has this. */
  @SuppressWarnings("UnusedVariable")
  private final Object owner;

  private final ClientHandle handle;
  private final String platform;
  private final LaunchGate launches;

  /**
   * The context of a client.
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

  /** The platform's name, such as {@code cpu} or {@code cuda}. */
  public String platform() {
    return platform;
  }

  /** Whether the devices share the host's memory. */
  public boolean isCpu() {
    return platform.equals("cpu");
  }

  /** What programs on several devices start through. */
  public LaunchGate launches() {
    return launches;
  }
}
