package org.hlo4j.processor.verify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.hlo4j.SerializedExecutable;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.By;
import org.hlo4j.processor.verify.Verdict.Refused;

/**
 * The reply to a {@link Request}; also the cached form of verdicts.
 *
 * @param verdict an accepted or rejected program
 */
record Reply(Verdict verdict) {
  private static final byte[] NOTHING = {};

  void write(DataOutputStream out) throws IOException {
    Wire.writeStart(out);
    out.writeBoolean(verdict instanceof Accepted);
    if (verdict instanceof Accepted accepted) {
      Wire.writeBytes(
          out, accepted.executable().map(SerializedExecutable::toByteArray).orElse(NOTHING));
      out.writeBoolean(accepted.costs().isPresent());
      if (accepted.costs().isPresent()) {
        write(out, accepted.costs().get());
      }
    }
    if (verdict instanceof Refused refused) {
      out.writeInt(refused.line());
      out.writeInt(refused.column());
      Wire.writeText(out, refused.problem());
      Wire.writeText(out, refused.by().name());
      out.writeBoolean(refused.isLasting());
    }
    out.flush();
  }

  private static void write(DataOutputStream out, Costs costs) throws IOException {
    out.writeInt(costs.copies());
    out.writeInt(costs.copiesInLoops());
    out.writeLong(costs.copiedBytes());
    out.writeLong(costs.temporaryBytes());
  }

  static Reply read(DataInputStream in) throws IOException {
    Wire.readStart(in);
    if (in.readBoolean()) {
      byte[] executable = Wire.readBytes(in);
      return new Reply(
          new Accepted(
              executable.length == 0
                  ? Optional.empty()
                  : Optional.of(SerializedExecutable.of(executable)),
              in.readBoolean() ? Optional.of(readCosts(in)) : Optional.empty()));
    }
    return new Reply(
        new Refused(in.readInt(), in.readInt(), Wire.readText(in), readBy(in), in.readBoolean()));
  }

  private static By readBy(DataInputStream in) throws IOException {
    String by = Wire.readText(in);
    try {
      return By.valueOf(by);
    } catch (IllegalArgumentException e) {
      throw new IOException("Unknown origin of a rejection: %s".formatted(by), e);
    }
  }

  private static Costs readCosts(DataInputStream in) throws IOException {
    return new Costs(in.readInt(), in.readInt(), in.readLong(), in.readLong());
  }
}
