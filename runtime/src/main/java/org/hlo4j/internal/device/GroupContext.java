package org.hlo4j.internal.device;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.sharding.Tiling;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of devices of one client that run a program together. Two groups are equal if
 * they have the same devices in the same order. Immutable.
 */
public final class GroupContext {
  private final List<DeviceContext> devices;
  private final CallsInFlight callsInFlight;

  /** Creates a group of distinct devices of the same client, at least one. */
  public GroupContext(List<DeviceContext> devices) {
    this.devices = List.copyOf(devices);
    this.callsInFlight =
        CallsInFlight.ofAll(
            devices.stream()
                .sorted(Comparator.comparingInt(DeviceContext::ordinal))
                .map(DeviceContext::callsInFlight)
                .toList());
  }

  public ClientContext client() {
    return devices.getFirst().client();
  }

  public List<DeviceContext> devices() {
    return devices;
  }

  public DeviceContext device(int place) {
    return devices.get(place);
  }

  public int size() {
    return devices.size();
  }

  /** Returns the devices of one replica of a program with the given number of partitions. */
  public GroupContext replica(int replica, int partitions) {
    return new GroupContext(devices.subList(replica * partitions, (replica + 1) * partitions));
  }

  /**
   * Returns the number of replicas of a tensor in the group.
   *
   * @throws ArgumentException if the group's size is not a multiple of the sharding's
   */
  public int replicas(Tiling sharding) {
    if (size() % sharding.devices() != 0) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d devices, but the sharding (%s) is over %d",
              this,
              size(),
              sharding,
              sharding.devices()));
    }
    return size() / sharding.devices();
  }

  public CallsInFlight callsInFlight() {
    return callsInFlight;
  }

  /** Returns the limit of deferred calls. */
  public Semaphore deferredCalls() {
    return devices.getFirst().deferredCalls();
  }

  /** Returns the name in messages; that of a single device has no brackets. */
  public String name() {
    return size() == 1 ? devices.getFirst().toString() : toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof GroupContext that && devices.equals(that.devices));
  }

  @Override
  public int hashCode() {
    return devices.hashCode();
  }

  /** Returns the devices, such as {@code [cpu:0, cpu:1]}. */
  @Override
  public String toString() {
    return devices.stream()
        .map(DeviceContext::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
