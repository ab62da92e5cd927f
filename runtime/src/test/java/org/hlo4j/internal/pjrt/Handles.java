package org.hlo4j.internal.pjrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/**
 * Which members of the functions' argument structs are handles, from the table of the C API, and
 * which functions make or destroy them.
 */
final class Handles {
  private static final Path TABLE = Path.of("src", "main", "abi", "pjrt-abi.tsv");
  private static final Set<String> KINDS =
      Set.of(
          "PJRT_Client",
          "PJRT_Buffer",
          "PJRT_LoadedExecutable",
          "PJRT_Executable",
          "PJRT_Event",
          "PJRT_Error");

  /** The members that a function fills in; what an execution makes is found elsewhere. */
  private static final Map<PjrtFunction, Set<String>> MADE =
      Map.ofEntries(
          Map.entry(PjrtFunction.PJRT_Client_Create, Set.of("client")),
          Map.entry(PjrtFunction.PJRT_Client_Compile, Set.of("executable")),
          Map.entry(PjrtFunction.PJRT_Executable_DeserializeAndLoad, Set.of("loaded_executable")),
          Map.entry(PjrtFunction.PJRT_LoadedExecutable_GetExecutable, Set.of("executable")),
          Map.entry(
              PjrtFunction.PJRT_Client_BufferFromHostBuffer,
              Set.of("buffer", "done_with_host_buffer")),
          Map.entry(PjrtFunction.PJRT_Buffer_ReadyEvent, Set.of("event")),
          Map.entry(PjrtFunction.PJRT_Buffer_ToHostBuffer, Set.of("event")),
          Map.entry(PjrtFunction.PJRT_Buffer_CopyToDevice, Set.of("dst_buffer")),
          Map.entry(PjrtFunction.PJRT_Buffer_CopyToMemory, Set.of("dst_buffer")));

  /**
   * A member that is a handle.
   *
   * @param kind the handle's type
   */
  record Member(String kind, long offset, boolean isMade) {}

  private final Map<PjrtFunction, List<Member>> members = new EnumMap<>(PjrtFunction.class);

  Handles() {
    try {
      Files.readAllLines(TABLE).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String row) {
    List<String> cells = List.of(row.split("\t", -1));
    if (!cells.get(0).equals("field") || !cells.get(1).endsWith("_Args")) {
      return;
    }
    String type = cells.get(4).replace("const ", "");
    String kind = type.replace(" *", "");
    if (!type.endsWith(" *") || !KINDS.contains(kind)) {
      return;
    }
    String name = cells.get(1).substring(0, cells.get(1).length() - "_Args".length());
    for (PjrtFunction function : PjrtFunction.values()) {
      if (function.name().equals(name)) {
        boolean made = MADE.getOrDefault(function, Set.of()).contains(cells.get(2));
        members
            .computeIfAbsent(function, unused -> new ArrayList<>())
            .add(new Member(kind, Long.parseLong(cells.get(3)), made));
      }
    }
  }

  List<Member> of(PjrtFunction function) {
    return members.getOrDefault(function, List.of());
  }

  /** Whether a function destroys the handle that it is given. */
  static boolean isDestroyer(PjrtFunction function) {
    return function.name().endsWith("_Destroy");
  }
}
