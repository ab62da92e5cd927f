package org.hlo4j.cli;

import org.hlo4j.cli.init.InterfaceDesign;

/** Says what to do with an interface that was just written. */
final class NextSteps {
  private NextSteps() {}

  static String of(InterfaceDesign design, boolean hasBuild) {
    String start =
        design.isSharded()
            ? """
            DeviceGroup group = Pjrt.builder().cpuDevices(n).open().group(n);   // n devices
            %1$s kernels = %1$sKernels.sync(group);
            """
            : """
            Device device = Pjrt.builder().allowDownload().open().device();
            %1$s kernels = %1$sKernels.sync(device);
            """;
    String build =
        hasBuild
            ? ""
            : "There is no build in this folder: --pom writes one for Maven.%n".formatted();
    return build
        + "Compile, which generates %1$sAsync and %1$sKernels, and then:%n%n"
            .formatted(design.name())
        + start.formatted(design.name()).indent(4).stripTrailing();
  }
}
