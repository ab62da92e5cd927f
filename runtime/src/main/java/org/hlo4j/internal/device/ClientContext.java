package org.hlo4j.internal.device;

import org.hlo4j.internal.pjrt.ClientHandle;

/** A client's native handle, and what its devices share. Safe for use by many threads. */
public final class ClientContext {
  private final ClientHandle handle;
  private final String platform;
  private final LaunchGate launches;

  /** The context of a client, which somebody else closes. */
  public ClientContext(ClientHandle handle) {
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
