package org.hlo4j.processor.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.text.Closest;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.model.RefOutputs;
import org.hlo4j.processor.model.Structure.Leaf;

/**
 * Pairs each donated input with an output of its type. Keeps what the program or the user says; the
 * other inputs get the output that returns them unchanged, or else the first free one, in order.
 */
public final class DonationPlanner {
  private final KernelMethod method;
  private final ProgramSignature signature;
  private final Report report;
  private final RefOutputs refOutputs;

  /** Which input each output that is taken belongs to. */
  private final Map<Integer, Integer> takers = new HashMap<>();

  private final Map<Integer, Integer> planned = new LinkedHashMap<>();

  private DonationPlanner(KernelMethod method, ProgramSignature signature, Report report) {
    this.method = method;
    this.signature = signature;
    this.report = report;
    this.refOutputs = RefOutputs.of(method, signature);
  }

  /** A donated input that the program does not donate itself. */
  private record Donor(int index, Leaf leaf, ProgramSignature.Input input) {}

  /**
   * Returns the outputs that get the memory of inputs, by the inputs, without those of which the
   * program says so itself. Reports what cannot be donated.
   *
   * @param signature the signature of its program, which agrees with the method
   */
  public static Map<Integer, Integer> plan(
      KernelMethod method, ProgramSignature signature, Report report) {
    return new DonationPlanner(method, signature, report).plan();
  }

  private Map<Integer, Integer> plan() {
    List<Donor> unnamed = new ArrayList<>();
    List<Runnable> named = new ArrayList<>();
    List<Donor> replaced = new ArrayList<>();
    int index = 0;
    for (Parameter parameter : method.parameters()) {
      for (Leaf leaf : parameter.structure().leaves().toList()) {
        Donor donor = new Donor(index, leaf, signature.inputs().get(index));
        index++;
        if (leaf.holder().isRef()) {
          replaced.add(donor);
        } else if (!parameter.donated()) {
          checkKept(donor);
        } else if (parameter.donatedTo().isPresent()) {
          String component = parameter.componentFor(leaf);
          named.add(() -> pairNamed(donor, component));
        } else if (!donor.input().donated()) {
          unnamed.add(donor);
        }
      }
    }
    takeWhatTheProgramSays();
    replaced.forEach(this::replace);
    named.forEach(Runnable::run);
    unnamed.forEach(this::pair);
    return planned;
  }

  private void takeWhatTheProgramSays() {
    for (int i = 0; i < signature.inputs().size(); i++) {
      OptionalInt output = signature.inputs().get(i).aliasedOutput();
      if (output.isPresent()) {
        takers.put(output.getAsInt(), i);
      }
    }
  }

  private void replace(Donor donor) {
    Integer output = refOutputs.ofInputs().get(donor.index());
    if (output != null && !donor.input().donated()) {
      give(donor, output);
    }
  }

  private void checkKept(Donor donor) {
    if (donor.input().donated()) {
      report.add(
          Message.DONATED_BY_PROGRAM_ONLY.at(
              donor.leaf().place(), donor.leaf().path(), donor.input().attributes()));
    }
  }

  private void pairNamed(Donor donor, String component) {
    List<String> outputs = method.outputs().stream().map(Leaf::path).toList();
    int result = outputs.indexOf(component);
    Leaf leaf = donor.leaf();
    if (result < 0 || component.isEmpty()) {
      report.add(
          Message.NO_SUCH_OUTPUT.at(
              leaf.place(), leaf.path(), component, Closest.didYouMean(component, outputs)));
      return;
    }
    int output = refOutputs.result().get(result);
    OptionalInt already = donor.input().aliasedOutput();
    if (already.isPresent() && already.getAsInt() != output) {
      report.add(
          Message.DONATED_ELSEWHERE.at(leaf.place(), leaf.path(), component, already.getAsInt()));
    } else if (!signature.outputs().get(output).shape().equals(donor.input().shape())) {
      report.add(
          Message.DONATED_TO_ANOTHER_TYPE.at(
              leaf.place(),
              leaf.path(),
              donor.input().shape(),
              component,
              signature.outputs().get(output).shape()));
    } else if (already.isEmpty()) {
      Integer taker = takers.get(output);
      if (taker == null) {
        give(donor, output);
      } else {
        String other = method.inputs().get(taker).path();
        report.add(Message.OUTPUT_TAKEN.at(leaf.place(), leaf.path(), component, other));
      }
    }
  }

  private void pair(Donor donor) {
    OptionalInt output = freeOutput(donor);
    if (output.isEmpty()) {
      report.add(
          Message.NO_OUTPUT_TO_DONATE_TO.at(
              donor.leaf().place(), donor.leaf().path(), donor.input().shape()));
      return;
    }
    give(donor, output.getAsInt());
  }

  private void give(Donor donor, int output) {
    if (!donor.input().takesAttributes()) {
      report.add(Message.DONATED_IN_GENERIC_FORM.at(donor.leaf().place(), donor.leaf().path()));
      return;
    }
    takers.put(output, donor.index());
    checkNotReturnedAsWell(donor, output);
    planned.put(donor.index(), output);
  }

  /** The output that the input is itself; or else one that is computed, and not twice. */
  private OptionalInt freeOutput(Donor donor) {
    OptionalInt computed = OptionalInt.empty();
    for (int i = 0; i < signature.outputs().size(); i++) {
      EntryPoint.Output output = signature.outputs().get(i);
      if (takers.containsKey(i) || !output.shape().equals(donor.input().shape())) {
        continue;
      }
      if (output.forwardedInput().equals(OptionalInt.of(donor.index()))) {
        return OptionalInt.of(i);
      }
      if (computed.isEmpty() && output.forwardedInput().isEmpty() && output.sameAs().isEmpty()) {
        computed = OptionalInt.of(i);
      }
    }
    return computed;
  }

  /** An input whose memory XLA overwrites cannot be handed on as it is. */
  private void checkNotReturnedAsWell(Donor donor, int target) {
    OptionalInt self = OptionalInt.of(donor.index());
    for (int i = 0; i < signature.outputs().size(); i++) {
      if (signature.outputs().get(i).forwardedInput().equals(self)
          && !signature.outputs().get(target).forwardedInput().equals(self)) {
        report.add(
            Message.DONATED_AND_RETURNED.at(donor.leaf().place(), donor.leaf().path(), target, i));
        return;
      }
    }
  }
}
