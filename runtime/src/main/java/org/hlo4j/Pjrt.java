package org.hlo4j;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PluginException;
import org.hlo4j.error.UnsupportedPluginException;
import org.hlo4j.internal.buffer.BufferCleaner;
import org.hlo4j.internal.compile.Compilations;
import org.hlo4j.internal.compile.DiskExecutableCache;
import org.hlo4j.internal.compile.ExecutableSource;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.device.ClientContext;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.memory.UnreachableObjects;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.DeviceHandle;
import org.hlo4j.internal.setting.Setting;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.hlo4j.plugin.PublishedPlugin;
import org.jspecify.annotations.Nullable;

/**
 * A client of a PJRT plugin: its devices, and all that is made on them. Closing it frees buffers
 * and executables that are still open. Safe for use by many threads.
 */
public final class Pjrt implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");

  private final PluginLocation plugin;
  private final ClientContext context;
  private final String platformVersion;
  private final List<Device> devices;
  private final ExecutableSource executables;
  private final Compilations<Executable> compilations;
  private final UnreachableObjects.Action cleanable;

  private Pjrt(
      PluginLocation plugin,
      ClientHandle handle,
      DiskExecutableCache cache,
      Supplier<CallsInFlight> callsInFlight) {
    this.plugin = plugin;
    this.context = new ClientContext(this, handle);
    this.platformVersion = handle.platformVersion();
    this.executables = new ExecutableSource(context, plugin::fingerprint, cache);
    this.compilations = new Compilations<>(executables);
    List<DeviceHandle> handles = handle.devices();
    Device[] found = new Device[handles.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] =
          new Device(this, new DeviceContext(context, handles.get(i), i, callsInFlight.get()));
    }
    this.devices = List.of(found);
    this.cleanable = UnreachableObjects.watch(this, () -> closeAll(handle));
  }

  /** Takes ownership of a client. */
  static Pjrt of(
      PluginLocation plugin,
      ClientHandle handle,
      DiskExecutableCache cache,
      Supplier<CallsInFlight> callsInFlight) {
    try {
      return new Pjrt(plugin, handle, cache, callsInFlight);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private static void closeAll(ClientHandle handle) {
    handle.close();
    BufferCleaner.closeAllOf(handle);
    handle.closeExecutables();
  }

  /**
   * Finds a plugin and makes a client of it: the plugin of {@code -Dhlo4j.plugin} (a path, or the
   * name of a published plugin), of {@code PJRT_PLUGIN_LIBRARY_PATH}, of {@code
   * PJRT_NAMES_AND_LIBRARY_PATHS}, of the active Python environment, or the CPU plugin in the
   * user's cache folder.
   *
   * @throws PluginException if there is none, or it does not load; the message says where was
   *     looked and what to do
   */
  public static Pjrt open() {
    return builder().open();
  }

  /** Chooses the plugin and its options. */
  public static Builder builder() {
    return new Builder();
  }

  ClientContext context() {
    return context;
  }

  ExecutableSource executables() {
    return executables;
  }

  Compilations<Executable> compilations() {
    return compilations;
  }

  /** The devices that this process can use. */
  public List<Device> devices() {
    return devices;
  }

  /**
   * The first device.
   *
   * @throws UnsupportedPluginException if the plugin has none
   */
  public Device device() {
    if (devices.isEmpty()) {
      throw new UnsupportedPluginException(
          "The " + platform() + " plugin has no device: " + plugin);
    }
    return devices.get(0);
  }

  /**
   * A device by its place, counted from 0.
   *
   * @throws ArgumentException if there are not so many
   */
  public Device device(int ordinal) {
    if (ordinal < 0 || ordinal >= devices.size()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "There is no device %d; the %s client has %d",
              ordinal,
              platform(),
              devices.size()));
    }
    return devices.get(ordinal);
  }

  /**
   * The first devices, in order, as a group.
   *
   * @throws ArgumentException if there are not so many, or {@code count} is not positive
   */
  public DeviceGroup group(int count) {
    if (count < 1 || count > devices.size()) {
      String more = context.isCpu() ? "; Pjrt.builder().cpuDevices(n) makes more" : "";
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "There is no group of %d devices; the %s client has %d%s",
              count,
              platform(),
              devices.size(),
              more));
    }
    return DeviceGroup.of(devices.subList(0, count));
  }

  /** The platform's name, such as {@code cpu} or {@code cuda}. */
  public String platform() {
    return context.platform();
  }

  /** What the plugin says of its own version. */
  public String platformVersion() {
    return platformVersion;
  }

  /** The version of PJRT's C API that the plugin speaks, such as {@code 0.106}. */
  public String apiVersion() {
    return context.handle().api().version();
  }

  /** The plugin, and where it was found. */
  public PluginLocation plugin() {
    return plugin;
  }

  /** Whether this client was closed. */
  public boolean isClosed() {
    return context.handle().isClosed();
  }

  /**
   * Closes all buffers and executables of this client, and the client. Work that is running ends
   * first, and what was compiled is in the cache on disk. Closing again does nothing.
   */
  @Override
  public void close() {
    executables.awaitKept();
    cleanable.run();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s client, %d devices, PJRT C API %s, %s",
        platform(),
        devices.size(),
        apiVersion(),
        plugin);
  }

  /** Chooses a plugin and its options. Not safe for use by many threads. */
  public static final class Builder {
    private static final String CPU_DEVICE_COUNT = "cpu_device_count";

    private PluginRequest request =
        PluginRequest.any().withProgress(line -> LOG.log(System.Logger.Level.INFO, line));
    private final Map<String, Long> options = new LinkedHashMap<>();

    private @Nullable DiskExecutableCache cache;
    private Supplier<CallsInFlight> callsInFlight = CallsInFlight::ofThePlugin;

    private Builder() {}

    /** Takes the plugin at a path, whatever the environment says. */
    public Builder plugin(Path library) {
      request = request.withLibrary(library);
      return this;
    }

    /** Takes a published CPU plugin, from the cache folder or, where allowed, by a download. */
    public Builder plugin(PublishedPlugin published) {
      request = request.withPublished(published);
      return this;
    }

    /** Takes a plugin for a platform, such as {@code cuda}. */
    public Builder platform(String platform) {
      request = request.withPlatform(platform);
      return this;
    }

    /**
     * Lets the CPU plugin be downloaded with {@code pip} if no plugin is found. Without this,
     * {@link #open} never goes to the network.
     */
    public Builder allowDownload() {
      request = request.withDownloadAllowed(true);
      return this;
    }

    /**
     * Makes the CPU plugin show so many devices.
     *
     * @throws ArgumentException if {@code count} is not positive
     */
    public Builder cpuDevices(int count) {
      return option(CPU_DEVICE_COUNT, count);
    }

    /**
     * Gives the plugin a create option of its own. What it does with one that it does not know is
     * up to the plugin.
     *
     * @throws ArgumentException if {@code cpu_device_count} is not positive
     */
    public Builder option(String name, long value) {
      if (name.equals(CPU_DEVICE_COUNT) && value <= 0) {
        // The CPU plugin would end the process.
        throw new ArgumentException("A client needs at least one device, not " + value);
      }
      options.put(name, value);
      return this;
    }

    /**
     * Bounds the calls of each device that have begun and not ended: another one then waits,
     * parked, in the call of the async method. Without this the plugin's own bound holds; those of
     * XLA let 32 calls a device be in flight. A lower one keeps less memory in use; a bound costs a
     * few microseconds a call.
     *
     * @throws ArgumentException if {@code calls} is not positive
     */
    public Builder maxCallsInFlight(int calls) {
      // Also refuses a wrong number here, where it is said.
      CallsInFlight unused = CallsInFlight.atMost(calls);
      callsInFlight = () -> CallsInFlight.atMost(calls);
      return this;
    }

    /**
     * Keeps compiled programs in a folder, whatever {@code -Dhlo4j.cache} says. It is made for the
     * user alone; one that others can write to is not used.
     */
    public Builder cache(Path folder) {
      cache = DiskExecutableCache.at(folder);
      return this;
    }

    /** Compiles each program anew in each process, whatever {@code -Dhlo4j.cache} says. */
    public Builder withoutCache() {
      cache = DiskExecutableCache.off();
      return this;
    }

    /**
     * Finds the plugin, loads it, and makes a client. Blocks while that takes, which includes a
     * download where one is allowed.
     *
     * @throws ArgumentException if a system property of the library is set to what it cannot be
     * @throws PluginException if there is no plugin, or it does not load
     * @throws PjrtException if the plugin refuses
     */
    public Pjrt open() {
      if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
        throw new PluginException("PJRT's data is little-endian, and this machine is not");
      }
      Setting.checkAll();
      PluginLocation location = PluginLocator.ofThisJvm().locate(request);
      location
          .defect()
          .ifPresent(
              defect -> LOG.log(System.Logger.Level.WARNING, () -> location + ": " + defect));
      DiskExecutableCache chosen = cache == null ? DiskExecutableCache.ofThisJvm() : cache;
      return Pjrt.of(location, create(location), chosen, callsInFlight);
    }

    private ClientHandle create(PluginLocation location) {
      try {
        return ClientHandle.create(location.library(), options);
      } catch (PjrtException e) {
        throw new PjrtException(
            e.code(),
            "No client of %s: %s%nChoose another plugin with Pjrt.builder().platform(…) or .plugin(…)"
                .formatted(location, e.getMessage()),
            e);
      }
    }
  }
}
