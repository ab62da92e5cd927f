package org.hlo4j.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code hlo4j}. */
@Command(
    name = "hlo4j",
    description = "From StableHLO programs to Java, and to results.",
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
      " 0:all that was asked for was done",
      " 1:something was refused or failed",
      " 2:the arguments are wrong"
    })
public final class Hlo4j {
  private Hlo4j() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command, and answers the status that it would end with. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The command as picocli has it, which tells its results to standard output. */
  public static CommandLine commandLine() {
    return new CommandLine(new Hlo4j())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
