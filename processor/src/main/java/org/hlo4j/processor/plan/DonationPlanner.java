package org.hlo4j.processor.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.model.RefOutputs;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.type.Shape;

/**
 * Pairs each donated input with an output of its type. Pairs specified by the program or the user
 * are kept; the other inputs get the output that returns them unchanged, or else the first free
 * one, in order.
 */
public final class DonationPlanner {
  private final KernelMethod method;
  private final ProgramSignature signature;
  private final Report report;
  private final RefOutputs refOutputs;

  /** The input of each output that is taken. */
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
   * Returns the pairs of outputs, by input, without those specified in the program. Reports inputs
   * that cannot be donated.
   *
   * @param signature the signature of its program, which matches the method
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
      report(Message.DONATED_BY_PROGRAM_ONLY, donor, donor.input().attributes());
    }
  }

  /** Reports a problem with an input, whose name comes first in the message. */
  private void report(Message message, Donor donor, Object... things) {
    List<Object> all = new ArrayList<>(List.of(donor.leaf().path()));
    all.addAll(List.of(things));
    report.add(message.at(donor.leaf().place(), all.toArray()));
  }

  private void pairNamed(Donor donor, String component) {
    List<String> outputs = method.outputs().stream().map(Leaf::path).toList();
    int result = outputs.indexOf(component);
    if (result < 0 || component.isEmpty()) {
      String hint = NameSuggestion.didYouMean(component, outputs);
      report(Message.NO_SUCH_OUTPUT, donor, component, hint);
      return;
    }
    int output = refOutputs.result().get(result);
    Shape shape = donor.input().shape();
    Shape wanted = signature.outputs().get(output).shape();
    OptionalInt already = donor.input().aliasedOutput();
    if (already.isPresent() && already.getAsInt() != output) {
      report(Message.DONATED_ELSEWHERE, donor, component, already.getAsInt());
    } else if (!wanted.equals(shape)) {
      report(Message.DONATED_TO_ANOTHER_TYPE, donor, shape, component, wanted);
    } else if (already.isEmpty()) {
      Integer taker = takers.get(output);
      if (taker == null) {
        give(donor, output);
      } else {
        report(Message.OUTPUT_TAKEN, donor, component, method.inputs().get(taker).path());
      }
    }
  }

  private void pair(Donor donor) {
    OptionalInt output = signature.outputFor(donor.index(), takers.keySet());
    if (output.isEmpty()) {
      report(Message.NO_OUTPUT_TO_DONATE_TO, donor, donor.input().shape());
      return;
    }
    give(donor, output.getAsInt());
  }

  private void give(Donor donor, int output) {
    if (!donor.input().takesAttributes()) {
      report(Message.DONATED_IN_GENERIC_FORM, donor);
      return;
    }
    takers.put(output, donor.index());
    checkNotReturnedAsWell(donor, output);
    planned.put(donor.index(), output);
  }

  /** Checks that an input whose memory XLA overwrites is not also returned. */
  private void checkNotReturnedAsWell(Donor donor, int target) {
    OptionalInt self = OptionalInt.of(donor.index());
    for (int i = 0; i < signature.outputs().size(); i++) {
      if (signature.outputs().get(i).forwardedInput().equals(self)
          && !signature.outputs().get(target).forwardedInput().equals(self)) {
        report(Message.DONATED_AND_RETURNED, donor, target, i);
        return;
      }
    }
  }
}
