package org.hlo4j.examples;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.examples.digits.TrainDigits;
import org.hlo4j.examples.jshell.RunScript;
import org.hlo4j.examples.mandelbrot.DrawMandelbrot;
import org.hlo4j.examples.options.PriceOptions;
import org.hlo4j.examples.photo.FilterPhoto;
import org.hlo4j.examples.ring.GoAround;
import org.hlo4j.examples.serve.ServeDigits;
import org.hlo4j.examples.vignette.Vignette;
import org.hlo4j.examples.wave.TwoSlits;

/** Starts an example by its name. */
public final class Examples {
  private static final List<Example> ALL =
      List.of(
          new Example("digits", "trains a digit classifier exported from JAX", TrainDigits::main),
          new Example(
              "mandelbrot", "the Mandelbrot set in 4K, beside plain Java", DrawMandelbrot::main),
          new Example("wave", "waves through two slits, as an animation", TwoSlits::main),
          new Example("options", "prices of options by formula and simulation", PriceOptions::main),
          new Example("photo", "blur, sharpness and edges of a photo", FilterPhoto::main),
          new Example("vignette", "asynchronous dispatch in seven short parts", Vignette::main),
          new Example("jshell", "the vignette as a script for JShell", RunScript::main),
          new Example("ring", "four devices in a ring, as pipelines", GoAround::main),
          new Example(
              "serve", "a network from JAX over HTTP, requests in batches", ServeDigits::main));

  private Examples() {}

  /** What {@code main} of an example is. */
  private interface Main {
    void run(String[] args) throws Exception;
  }

  private record Example(String name, String summary, Main main) {}

  /**
   * Takes the name of an example and what that takes, or {@code list}. Ends the process with status
   * 1 where there is no such example.
   */
  public static void main(String[] args) throws Exception {
    if (!run(args, System.out, System.err)) {
      System.exit(1);
    }
  }

  /** Answers whether there was such an example. */
  static boolean run(String[] args, PrintStream out, PrintStream err) throws Exception {
    String name = args.length == 0 ? "list" : args[0];
    if (name.equals("list")) {
      list(out);
      return true;
    }
    for (Example example : ALL) {
      if (example.name().equals(name)) {
        example.main().run(Arrays.copyOfRange(args, 1, args.length));
        return true;
      }
    }
    err.println("There is no example " + name + ". These are there:");
    list(err);
    return false;
  }

  private static void list(PrintStream out) {
    for (Example example : ALL) {
      out.printf("  %-12s%s%n", example.name(), example.summary());
    }
    out.println("mvn -Pdemo -Dexample=NAME starts one; -Dexample.args=\"...\" gives it arguments.");
  }
}
