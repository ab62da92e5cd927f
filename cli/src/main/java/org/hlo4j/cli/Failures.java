package org.hlo4j.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.hlo4j.cli.run.NotAFileException;
import org.hlo4j.error.HloException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** Prints the messages of expected exceptions. Others are rethrown, with a stack trace. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    boolean isExpected =
        failure instanceof HloException
            || failure instanceof IOException
            || failure instanceof UncheckedIOException;
    if (!isExpected) {
      throw failure;
    }
    String message = messageOf(failure);
    command.getErr().println(command.getColorScheme().errorText(message));
    if (command.getParseResult().hasMatchedOption("--json")) {
      JsonObject error = new JsonObject();
      error.addProperty("error", message);
      command.getOut().println(error);
    }
    return ExitCode.SOFTWARE;
  }

  private static String messageOf(Exception failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileAlreadyExistsException there -> String.valueOf(there.getMessage());
      case UncheckedIOException unchecked -> String.valueOf(unchecked.getCause());
      case HloException refused -> String.valueOf(refused.getMessage());
      case NotAFileException wrong -> String.valueOf(wrong.getMessage());
      default -> failure.toString();
    };
  }
}
