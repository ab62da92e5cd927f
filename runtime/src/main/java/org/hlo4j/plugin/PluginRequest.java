package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A specification of the plugin to find. Immutable; start from {@link #any()}.
 *
 * @param library the plugin's shared library; nothing else is searched
 * @param platform the platform, as JAX names it: {@code cpu}, {@code cuda}, {@code rocm}, {@code
 *     gpu} for either, {@code tpu}, or another plugin's name. It selects among several plugins, but
 *     does not apply to a path in {@code PJRT_PLUGIN_LIBRARY_PATH}
 * @param published the published plugin; only the cache is searched, and a download tried
 * @param downloadAllowed whether a published CPU plugin may be downloaded if nothing was found
 * @param progress receives a line when a download starts, and another when it ends
 * @param downloaded receives the number of downloaded bytes, from another thread
 */
public record PluginRequest(
    @Nullable Path library,
    @Nullable String platform,
    @Nullable PublishedPlugin published,
    boolean downloadAllowed,
    Consumer<String> progress,
    LongConsumer downloaded) {

  /** Returns a request for any plugin, without a download or progress messages. */
  public static PluginRequest any() {
    return new PluginRequest(null, null, null, false, line -> {}, bytes -> {});
  }

  /** Returns this request for the plugin with the given shared library. */
  public PluginRequest withLibrary(Path library) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** Returns this request for a plugin of the given platform. */
  public PluginRequest withPlatform(String platform) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** Returns this request for the given published plugin. */
  public PluginRequest withPublished(PublishedPlugin published) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** Returns this request with the download of a published CPU plugin allowed or not. */
  public PluginRequest withDownloadAllowed(boolean downloadAllowed) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** Returns this request with a consumer of progress messages, called in the locating thread. */
  public PluginRequest withProgress(Consumer<String> progress) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** Returns this request with a consumer of downloaded byte counts, called in another thread. */
  public PluginRequest withDownloaded(LongConsumer downloaded) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }
}
