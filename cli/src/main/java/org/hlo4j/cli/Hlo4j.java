package org.hlo4j.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code hlo4j}. */
@Command(
    name = "hlo4j",
    description =
        "Generates Java interfaces from StableHLO programs, and runs and explains programs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      ExplainCommand.class,
      PluginsCommand.class,
      DoctorCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:success",
      " 1:something was rejected or failed",
      " 2:the arguments are invalid"
    })
public final class Hlo4j {
  private Hlo4j() {}

  /** Runs a command and exits the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and returns its exit status. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  /** Returns the picocli command, which writes its results to standard output. */
  public static CommandLine commandLine() {
    return new CommandLine(new Hlo4j())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
