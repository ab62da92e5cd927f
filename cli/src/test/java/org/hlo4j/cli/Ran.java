package org.hlo4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command has answered. */
record Ran(int status, String out, String err) {
  /** Runs the command in this process. */
  static Ran hlo4j(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int status =
        Hlo4j.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Ran(status, out.toString(), err.toString());
  }
}
