package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses Shardy shardings, such as {@code #sdy.sharding<@mesh, [{"x"}, {}]>}.
 *
 * @see <a href="https://openxla.org/shardy/sharding_representation">Sharding representation</a>
 */
final class ShardyText {
  private final ShardingLexer scanner;
  private final Map<String, Mesh> meshes;
  private final int devices;
  private boolean open;

  private ShardyText(String text, Map<String, Mesh> meshes, int devices) {
    this.scanner = new ShardingLexer(text);
    this.meshes = meshes;
    this.devices = devices;
  }

  /**
   * Reads a text: nothing if it leaves a dimension open for the compiler to split further.
   *
   * @param meshes the program's meshes by their names
   * @param devices how many there are
   * @throws IllegalArgumentException if it is none, or is for another number of devices
   */
  static Optional<Tiling> parse(String text, Map<String, Mesh> meshes, int devices) {
    ShardyText reader = new ShardyText(text, meshes, devices);
    Tiling tiling = reader.read();
    return reader.open ? Optional.empty() : Optional.of(tiling);
  }

  private Tiling read() {
    scanner.expect("#sdy.sharding");
    scanner.expect("<");
    Mesh mesh = mesh();
    scanner.expect(",");
    List<List<Mesh.Axis>> dimensions = scanner.list("[", "]", () -> dimension(mesh));
    while (scanner.accept(",")) {
      String kind = scanner.word();
      scanner.expect("=");
      axes(mesh);
      if (!kind.equals("replicated")) {
        throw new IllegalArgumentException(
            "%s axes do not specify which elements each device has".formatted(kind));
      }
    }
    scanner.expect(">");
    if (mesh.isOneDevice()) {
      Tiling onOne = Tiling.onOne(mesh.order().getFirst(), devices);
      return devices == 1 ? Tiling.replicated(1) : onOne;
    }
    if (mesh.devices() != devices) {
      throw new IllegalArgumentException(
          "the mesh %s has %s devices, but the program has %s partitions"
              .formatted(mesh, mesh.devices(), devices));
    }
    return mesh.tiling(dimensions);
  }

  private Mesh mesh() {
    if (scanner.accept("mesh")) {
      return Mesh.read(scanner);
    }
    scanner.expect("@");
    String name = scanner.isAt("\"") ? scanner.string() : scanner.word();
    Mesh mesh = meshes.get(name);
    if (mesh == null) {
      throw new IllegalArgumentException("there is no mesh @" + name);
    }
    return mesh;
  }

  private List<Mesh.Axis> dimension(Mesh mesh) {
    List<Mesh.Axis> axes = axes(mesh);
    if (scanner.isAt("p")) {
      // A priority, for what is left open.
      scanner.word();
    }
    return axes;
  }

  private List<Mesh.Axis> axes(Mesh mesh) {
    List<Mesh.Axis> axes = new ArrayList<>();
    scanner.expect("{");
    while (!scanner.accept("}")) {
      if (scanner.accept("?")) {
        open = true;
      } else {
        axes.add(axis(mesh));
      }
      scanner.accept(",");
    }
    return axes;
  }

  private Mesh.Axis axis(Mesh mesh) {
    String name = scanner.string();
    int before = 1;
    @Nullable Integer size = null;
    if (scanner.accept(":")) {
      scanner.expect("(");
      before = scanner.number();
      scanner.expect(")");
      size = scanner.number();
    }
    return mesh.axis(name, before, size);
  }
}
