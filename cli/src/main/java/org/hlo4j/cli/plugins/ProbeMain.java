package org.hlo4j.cli.plugins;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.cli.plugins.Check.Status;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.error.UnsupportedPluginException;
import org.hlo4j.type.Shape;

/** Tests the plugin at a path in a separate process, which the plugin may abort. */
final class ProbeMain {
  /** The prefix of the line with the result; plugins may print other lines. */
  static final String MARK = "hlo4j-probe ";

  private static final Shape TYPE = Shape.parse("tensor<4xf32>");
  private static final Program DOUBLE =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  private final Map<String, String> facts = new LinkedHashMap<>();

  private ProbeMain() {}

  /** Tests the plugin whose path is the first argument. */
  public static void main(String[] args) {
    Check check = new ProbeMain().check(Path.of(args[0]));
    System.out.println(MARK + new Gson().toJson(check));
  }

  private Check check(Path library) {
    try (Pjrt client = Pjrt.builder().plugin(library).withoutCache().open()) {
      facts.put("platform", client.platform());
      facts.put("version", client.platformVersion().strip());
      facts.put("api", client.apiVersion());
      facts.put("devices", Integer.toString(client.devices().size()));
      String problem = run(client.device());
      return problem.isEmpty()
          ? new Check(Status.SUPPORTED, facts, "")
          : new Check(Status.FAILED, facts, problem);
    } catch (UnsupportedPluginException e) {
      return new Check(Status.UNSUPPORTED, facts, String.valueOf(e.getMessage()));
    } catch (PjrtException e) {
      boolean isLacking = e.code() == StatusCode.UNIMPLEMENTED;
      return new Check(
          isLacking ? Status.UNSUPPORTED : Status.FAILED, facts, String.valueOf(e.getMessage()));
    } catch (HloException e) {
      return new Check(Status.FAILED, facts, String.valueOf(e.getMessage()));
    }
  }

  /** Runs a program; returns the error in its result, or an empty string. */
  private static String run(Device device) {
    try (Executable executable = device.compile(DOUBLE);
        DeviceBuffer<?> x = device.put(TYPE, new float[] {1, 2, 3, 4});
        DeviceBuffer<?> doubled = executable.execute(x).get(0)) {
      float[] found = (float[]) doubled.toArray();
      return Arrays.equals(found, new float[] {2, 4, 6, 8})
          ? ""
          : "the result of an addition is wrong: " + Arrays.toString(found);
    }
  }
}
