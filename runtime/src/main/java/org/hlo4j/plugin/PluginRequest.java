package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin is wanted, and what may be done to get it. Immutable; start from {@link #any()}.
 *
 * @param library the plugin's shared library itself; then nothing else is looked at
 * @param platform the platform that is wanted, as JAX names it: {@code cpu}, {@code cuda}, {@code
 *     rocm}, {@code gpu} for either, {@code tpu}, or another plugin's name. It chooses among
 *     several plugins; a path from {@code PJRT_PLUGIN_LIBRARY_PATH} is taken as it is
 * @param published the published plugin that is wanted; then only the cache, and the download, are
 *     looked at
 * @param downloadAllowed whether a published CPU plugin may be downloaded when nothing was found
 * @param progress is told in a line when a download starts, and when it has ended
 * @param downloaded is told during a download, from another thread, how many bytes are there
 */
public record PluginRequest(
    @Nullable Path library,
    @Nullable String platform,
    @Nullable PublishedPlugin published,
    boolean downloadAllowed,
    Consumer<String> progress,
    LongConsumer downloaded) {

  /** Any plugin, without a download, and without a word. */
  public static PluginRequest any() {
    return new PluginRequest(null, null, null, false, line -> {}, bytes -> {});
  }

  /** The same, for the plugin with this shared library. */
  public PluginRequest withLibrary(Path library) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** The same, for a plugin of this platform. */
  public PluginRequest withPlatform(String platform) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** The same, for this published plugin. */
  public PluginRequest withPublished(PublishedPlugin published) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** The same, allowing the download of a published CPU plugin. */
  public PluginRequest withDownloadAllowed(boolean downloadAllowed) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /** The same, telling of a download to this consumer, in the thread that asks for the plugin. */
  public PluginRequest withProgress(Consumer<String> progress) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }

  /**
   * The same, telling this consumer, from another thread, how many bytes of a download are there.
   */
  public PluginRequest withDownloaded(LongConsumer downloaded) {
    return new PluginRequest(library, platform, published, downloadAllowed, progress, downloaded);
  }
}
