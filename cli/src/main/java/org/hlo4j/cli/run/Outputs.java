package org.hlo4j.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.hlo4j.data.ImageTensors;
import org.hlo4j.data.TensorFile;
import org.hlo4j.data.TensorWriter;
import org.hlo4j.error.ArgumentException;

/**
 * Writes the outputs of a program to files: each to the next {@code .npy} or image, or all of them
 * to one {@code .npz} or {@code .safetensors}.
 */
public final class Outputs {
  private static final List<String> ENDINGS = List.of("npy", "npz", "safetensors", "png", "gif");

  private Outputs() {}

  /**
   * Checks, before the program runs, that there is an output for each file, and that its folder
   * exists.
   *
   * @throws IOException if a file cannot be written
   * @throws ArgumentException if a file has no output or an unknown extension
   */
  public static void check(List<Path> files, int outputs) throws IOException {
    for (Path file : files) {
      NotAFileException.toWrite(file);
      if (!ENDINGS.contains(endingOf(file))) {
        throw new ArgumentException(
            "%s must end with one of %s".formatted(file, String.join(", ", ENDINGS)));
      }
    }
    boolean holdsAll = files.size() == 1 && isForMany(files.get(0));
    if (!holdsAll && files.size() > outputs) {
      throw new ArgumentException(
          "%s is surplus: the program has %s outputs".formatted(files.get(outputs), outputs));
    }
    if (files.size() > 1 && files.stream().anyMatch(Outputs::isForMany)) {
      throw new ArgumentException(
          "An .npz or .safetensors contains all outputs and must be the only file");
    }
  }

  /** Writes the results to the files. */
  public static void write(List<Path> files, List<Runner.Result> results) throws IOException {
    if (files.size() == 1 && isForMany(files.get(0))) {
      TensorWriter writer = TensorFile.writer();
      results.forEach(result -> writer.add(result.name(), result.tensor()));
      writer.write(files.get(0));
      return;
    }
    for (int i = 0; i < files.size(); i++) {
      writeOne(files.get(i), results.get(i));
    }
  }

  private static void writeOne(Path file, Runner.Result result) throws IOException {
    String ending = endingOf(file);
    if (ending.equals("png") || ending.equals("gif")) {
      ImageIO.write(ImageTensors.toImage(result.tensor()), ending, file.toFile());
    } else {
      TensorFile.writer().add(result.name(), result.tensor()).write(file);
    }
  }

  private static boolean isForMany(Path file) {
    String ending = endingOf(file);
    return ending.equals("npz") || ending.equals("safetensors");
  }

  private static String endingOf(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
