package org.hlo4j.examples.mandelbrot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.timing.Race;

/** Draws the Mandelbrot set in 4K, and tells how long that takes beside plain Java. */
public final class DrawMandelbrot {
  private static final int ROUNDS = 3;
  private static final View SEAHORSES = new View(-0.7463, 0.1123, 0.0135);

  private DrawMandelbrot() {}

  /**
   * Takes the file to draw to, {@code mandelbrot.png} here if there is none, and what to draw: the
   * centre's real and imaginary part, and the width.
   */
  public static void main(String[] args) throws IOException {
    Path picture = Pictures.path(args, "mandelbrot.png");
    View view =
        args.length < 4
            ? SEAHORSES
            : new View(
                Double.parseDouble(args[1]),
                Double.parseDouble(args[2]),
                Double.parseDouble(args[3]));
    // A device of its own for each core: their tiles run side by side.
    int cores = Runtime.getRuntime().availableProcessors();
    try (Pjrt pjrt = Pjrt.builder().cpuDevices(cores).open()) {
      run(pjrt, view, picture);
    }
  }

  private static void run(Pjrt pjrt, View view, Path picture) throws IOException {
    OnDevices devices = new OnDevices(pjrt);
    int count = pjrt.devices().size();
    System.out.printf(
        "%s x %s points, up to %s steps each%n", Mandelbrot.WIDTH, View.HEIGHT, Mandelbrot.STEPS);
    new Race()
        .with("hlo4j, devices: " + count, () -> devices.compute(view))
        .with("plain Java, one core", () -> PlainJava.compute(view, false))
        .with("plain Java, all cores", () -> PlainJava.compute(view, true))
        .run(ROUNDS)
        .print(System.out);

    Colours colours = new Colours();
    BufferedImage image = colours.paint(devices.compute(view), Mandelbrot.WIDTH);
    BufferedImage plain = colours.paint(PlainJava.compute(view, true), Mandelbrot.WIDTH);
    System.out.println(Difference.between(image, plain));
    Pictures.write(image, picture);
    System.out.println("Picture: " + picture);
  }
}
