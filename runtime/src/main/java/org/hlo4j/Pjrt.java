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
 * A client of a PJRT plugin, which owns its devices and every buffer and executable created on
 * them. Closing the client frees them. Safe for use by multiple threads.
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
   * Finds a plugin and creates a client. The plugin is that of {@code -Dhlo4j.plugin} (a path, or
   * the name of a published plugin), {@code PJRT_PLUGIN_LIBRARY_PATH}, {@code
   * PJRT_NAMES_AND_LIBRARY_PATHS}, or the active Python environment, or else the CPU plugin in the
   * user's cache folder.
   *
   * @throws PluginException if no plugin is found or it fails to load; the message lists the places
   *     searched and suggests a fix
   */
  public static Pjrt open() {
    return builder().open();
  }

  /** Returns a builder for a client with a specific plugin or options. */
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

  /** Returns the devices that this process can address. */
  public List<Device> devices() {
    return devices;
  }

  /**
   * Returns the first device.
   *
   * @throws UnsupportedPluginException if the plugin has no devices
   */
  public Device device() {
    if (devices.isEmpty()) {
      throw new UnsupportedPluginException(
          "The " + platform() + " plugin has no device: " + plugin);
    }
    return devices.get(0);
  }

  /**
   * Returns a device by its ordinal, from 0.
   *
   * @throws ArgumentException if there is no such device
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
   * Returns a group of the first {@code count} devices, in order.
   *
   * @throws ArgumentException if there are fewer, or {@code count} is not positive
   */
  public DeviceGroup group(int count) {
    if (count < 1 || count > devices.size()) {
      String more = context.isCpu() ? "; Pjrt.builder().cpuDevices(n) creates more" : "";
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

  /** Returns the platform's name, such as {@code cpu} or {@code cuda}. */
  public String platform() {
    return context.platform();
  }

  /** Returns the plugin's description of its version. */
  public String platformVersion() {
    return platformVersion;
  }

  /** Returns the plugin's version of the PJRT C API, such as {@code 0.106}. */
  public String apiVersion() {
    return context.handle().api().version();
  }

  /** Returns the plugin's library and how it was found. */
  public PluginLocation plugin() {
    return plugin;
  }

  /** Returns whether this client was closed. */
  public boolean isClosed() {
    return context.handle().isClosed();
  }

  /**
   * Waits for running work, then closes all buffers and executables of this client, and the client
   * itself. Compiled programs stay in the disk cache. Idempotent.
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

  /** A builder of clients. Not thread-safe. */
  public static final class Builder {
    private static final String CPU_DEVICE_COUNT = "cpu_device_count";

    private PluginRequest request =
        PluginRequest.any().withProgress(line -> LOG.log(System.Logger.Level.INFO, line));
    private final Map<String, Long> options = new LinkedHashMap<>();

    private @Nullable DiskExecutableCache cache;
    private Supplier<CallsInFlight> callsInFlight = CallsInFlight::ofThePlugin;

    private Builder() {}

    /** Uses the plugin at a path, regardless of the environment. */
    public Builder plugin(Path library) {
      request = request.withLibrary(library);
      return this;
    }

    /** Uses a published CPU plugin from the cache folder or, if allowed, by downloading it. */
    public Builder plugin(PublishedPlugin published) {
      request = request.withPublished(published);
      return this;
    }

    /** Uses a plugin for a platform, such as {@code cuda}. */
    public Builder platform(String platform) {
      request = request.withPlatform(platform);
      return this;
    }

    /**
     * Allows downloading the CPU plugin with {@code pip} if no plugin is found. Without this,
     * {@link #open} never accesses the network.
     */
    public Builder allowDownload() {
      request = request.withDownloadAllowed(true);
      return this;
    }

    /**
     * Sets the number of devices of the CPU plugin.
     *
     * @throws ArgumentException if {@code count} is not positive
     */
    public Builder cpuDevices(int count) {
      return option(CPU_DEVICE_COUNT, count);
    }

    /**
     * Sets a plugin-specific create option. How unknown options are handled is up to the plugin.
     *
     * @throws ArgumentException if {@code cpu_device_count} is not positive
     */
    public Builder option(String name, long value) {
      if (name.equals(CPU_DEVICE_COUNT) && value <= 0) {
        // The CPU plugin would abort the process.
        throw new ArgumentException("A client needs at least one device, not " + value);
      }
      options.put(name, value);
      return this;
    }

    /**
     * Limits the calls in flight per device: a further call of an async method parks until one
     * completes. The default is the plugin's own limit, which is 32 calls per device in XLA's
     * plugins. A lower limit reduces memory use; a limit costs a few microseconds per call.
     *
     * @throws ArgumentException if {@code calls} is not positive
     */
    public Builder maxCallsInFlight(int calls) {
      // Rejects an invalid number here rather than in open().
      CallsInFlight unused = CallsInFlight.atMost(calls);
      callsInFlight = () -> CallsInFlight.atMost(calls);
      return this;
    }

    /**
     * Caches compiled programs in a folder, regardless of {@code -Dhlo4j.cache}. It is created with
     * access for the user only; a folder that others can write to is not used.
     */
    public Builder cache(Path folder) {
      cache = DiskExecutableCache.at(folder);
      return this;
    }

    /** Disables the disk cache, regardless of {@code -Dhlo4j.cache}. */
    public Builder withoutCache() {
      cache = DiskExecutableCache.off();
      return this;
    }

    /**
     * Finds and loads the plugin, and creates a client. Blocks meanwhile, including during a
     * download.
     *
     * @throws ArgumentException if a system property of the library has an invalid value
     * @throws PluginException if no plugin is found, or it fails to load
     * @throws PjrtException if the plugin fails to create a client
     */
    public Pjrt open() {
      if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
        throw new PluginException("PJRT requires a little-endian machine; this one is big-endian");
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
            "Could not create a client of %s: %s%nChoose another plugin with Pjrt.builder().platform(…) or .plugin(…)"
                .formatted(location, e.getMessage()),
            e);
      }
    }
  }
}
