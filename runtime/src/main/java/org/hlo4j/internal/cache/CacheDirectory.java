package org.hlo4j.internal.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of a cache: the names of its files, and whether it can be trusted. */
final class CacheDirectory {
  static final String ENTRY_SUFFIX = ".entry";
  private static final String TEMPORARY_PREFIX = ".put-";
  private static final String TEMPORARY_SUFFIX = ".tmp";
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private volatile @Nullable UserPrincipal user;

  CacheDirectory(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Path entry(String key) {
    return path.resolve(key + ENTRY_SUFFIX);
  }

  void create() throws IOException {
    PrivateFiles.createFolders(path);
  }

  Path createTemporary() throws IOException {
    return PrivateFiles.createTemporaryFile(path, TEMPORARY_PREFIX, TEMPORARY_SUFFIX);
  }

  static boolean isEntry(Path file) {
    return nameOf(file).endsWith(ENTRY_SUFFIX);
  }

  static boolean isTemporary(Path file) {
    String name = nameOf(file);
    return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * Returns whether the folder exists, belongs to the user, and is not writable by others: files
   * that others may have written are not read, and nothing is written where others may read it.
   */
  boolean isUsable() throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      // Such systems restrict the folders of a user's profile to the user.
      return true;
    }
    PosixFileAttributes attributes = view.readAttributes();
    return Collections.disjoint(attributes.permissions(), OTHERS_WRITE)
        && attributes.owner().equals(user());
  }

  /** Returns the owner of new files. Names are not compared: a container's user may have none. */
  private UserPrincipal user() throws IOException {
    UserPrincipal known = user;
    if (known == null) {
      Path probe = createTemporary();
      try {
        known = Files.getOwner(probe);
        user = known;
      } finally {
        Files.delete(probe);
      }
    }
    return known;
  }

  /** Returns the attributes of a regular file; null if there is none. */
  static @Nullable BasicFileAttributes fileAttributes(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
