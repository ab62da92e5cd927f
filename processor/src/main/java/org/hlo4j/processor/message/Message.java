package org.hlo4j.processor.message;

import java.util.Locale;
import org.hlo4j.internal.mlir.text.SourceText;

/**
 * The messages of the processor. Each has a stable id and a text. A message that compares a program
 * with a method shows the program's side first. The documentation explains each message.
 */
public enum Message {
  NOT_AN_INTERFACE("HLO001", "@Kernels is only allowed on interfaces; %s is not one"),
  /** An interface with type parameters, or one that extends a generic one. */
  GENERIC("HLO002", "%s has type parameters; the types of kernels must be known at compile time"),
  NO_KERNEL(
      "HLO003",
      "%s has no @Kernel; every abstract method of a @Kernels interface must be a" + " kernel"),
  /** A kernel outside a kernel interface, or one with a body. */
  NOT_IN_KERNELS("HLO004", "@%s is only allowed on abstract methods of @Kernels interfaces"),
  OVERLOADED(
      "HLO005",
      "%s has two kernels named %s; the code generated for them would have the same" + " names"),
  OBJECT_METHOD("HLO006", "%s is a method of Object and cannot be a kernel"),
  SEALED("HLO007", "%s is sealed, so the generated code cannot implement it"),
  /** A generated file whose name already exists, or that cannot be written. */
  NOT_WRITTEN("HLO008", "The code generated from %s cannot be written: %s"),

  DIFFERENT_DEVICES(
      "HLO009",
      "%s runs on %d devices, and %s on %d; all kernels of an interface must run on"
          + " the same number of devices"),

  NO_PROGRAM("HLO010", "%s has no program: give @Kernel a program text or a resource"),
  TWO_PROGRAMS("HLO011", "%s has both a program text and a resource; remove one"),
  NO_RESOURCE("HLO012", "The program %s was not found%s Looked in:%s"),
  BYTECODE(
      "HLO013",
      "%s is MLIR bytecode, so the annotation must declare its signature, as in"
          + " signature = \"(%%x: tensor<4xf32>) -> tensor<4xf32>\""),
  /** Bytecode that a build processed as text, or that was truncated. */
  DAMAGED_BYTECODE("HLO060", "%s: this bytecode %s"),
  SIGNATURE_TWICE(
      "HLO014",
      "A signature is only allowed for a program that is a function body; this"
          + " program has a @main"),
  SIGNATURE_OF_RESOURCE(
      "HLO016",
      "A signature is only allowed for a function body in the annotation; %s is a"
          + " complete program"),
  DEVICES_CONTRADICTED(
      "HLO017", "The program of %s has mhlo.num_%s = %d, but the annotation has %2$s = %4$d"),
  BAD_DEVICES("HLO018", "%s has %s = %d; the number must be between 1 and 32768"),
  OWN_TYPE(
      "HLO019",
      "%s uses %s, which is generated from %s; static and default methods may use it,"
          + " but kernels and extended interfaces may not"),
  /** A program for several platforms that are not listed, or not correctly. */
  PLATFORMS("HLO061", "The program of %s, %s"),
  /** A text that is not a program, or a program that cannot run. */
  BAD_PROGRAM("HLO015", "The program of %s, %s"),

  TENSOR_TYPE_NOT_AN_INTERFACE(
      "HLO020", "@TensorType is only allowed on interfaces; %s is not one"),
  /** A tensor type with an invalid text. */
  BAD_TENSOR_TYPE("HLO021", "%s%s"),
  WRONG_MARKER("HLO022", "%s is a %s and must extend %s; %s"),

  NOT_A_TENSOR(
      "HLO030",
      "%s has the type %s; a kernel takes Tensor<…>, DeviceBuffer<…>, BufferPromise<…>, Ref<…>, or"
          + " a record of those; on several devices, Sharded<…>"),
  NOT_A_RESULT(
      "HLO031",
      "%s has the type %s; a kernel returns DeviceBuffer<…>, Tensor<…>, a record of tensors, or"
          + " void; on several devices, Sharded<…> for a tensor"),
  UNTYPED("HLO032", "%s does not specify its tensor type: %s"),
  RECURSIVE_RECORD("HLO033", "The record %s contains itself"),
  GENERIC_RECORD(
      "HLO034",
      "The record %s has type parameters; the types of its tensors must be known at"
          + " compile time"),
  HIDDEN_TYPE("HLO035", "%s is not visible to the generated code, which is in %s"),

  REF_WITHOUT_OUTPUT(
      "HLO038",
      "%s is a Ref, but no remaining output is a %s that could replace its value; if"
          + " the kernel only reads it, declare a Tensor<%s>"),
  REF_DONATED("HLO039", "%s is a Ref, which the kernel updates in any case: remove @Donated"),
  NOT_SHARDED("HLO036", "%s is on one device, but %s runs on %d (%s): declare a Sharded<%s>"),
  SHARDED(
      "HLO037",
      "%s is on several devices, but %s runs on one: declare a Tensor<%s>, or set the"
          + " number of replicas or partitions in @Kernel"),

  INPUT_COUNT("HLO040", "The program of %s takes %d inputs, but the method takes %d.%s"),
  INPUT_TYPE("HLO041", "Input %d of the program, %%%s, is a %s; %s is a %s (%s)%s"),
  OUTPUT_COUNT("HLO042", "The program of %s returns %d outputs, but the method returns %d.%s"),
  OUTPUT_TYPE("HLO043", "Output %d of the program is a %s; %s is a %s (%s)%s"),

  NO_OUTPUT_TO_DONATE_TO(
      "HLO050", "%s is donated, but no remaining output is a %s, so its memory cannot be reused"),
  DONATED_AND_RETURNED(
      "HLO053",
      "%s is donated to output %d, but output %d is %1$s itself, which needs the same"
          + " memory. Donate it to that output, or return a copy"),
  NO_SUCH_OUTPUT("HLO054", "%s is donated to \"%s\", but the result has no tensor of that name%s"),
  DONATED_TO_ANOTHER_TYPE("HLO057", "%s is a %s and cannot be donated to %s, which is a %s"),
  OUTPUT_TAKEN("HLO058", "%s is donated to %s, which already reuses the memory of %s"),
  DONATED_ELSEWHERE("HLO059", "%s is donated to %s, but the program donates it to output %d"),
  USED_AFTER_DONATION(
      "HLO055",
      "%s is used here after it was donated: %s donates %s to %s, whose result reuses"
          + " its memory"),
  /** The same, if only some of the paths to the use contain the call. */
  MAYBE_USED_AFTER_DONATION(
      "HLO056",
      Severity.WARNING,
      "%s may be used here%s after it was donated: %s donates %s to %s, whose result"
          + " reuses its memory"),
  DONATED_BY_PROGRAM_ONLY(
      "HLO051", "The program donates %s (%s), but the method does not declare it: add @Donated"),
  DONATED_IN_GENERIC_FORM(
      "HLO052",
      "%s is donated, but the program is in MLIR's generic form, to which the"
          + " processor cannot add the donation; use the pretty form, or add"
          + " tf.aliasing_output to that input"),

  BAD_OPTION("HLO070", "Invalid option of the annotation processor: %s"),
  NO_COMMITTED_PLAN(
      "HLO071",
      "The plan of %s has no committed copy %s: review %s in the class output, and copy it"),
  PLAN_DIFFERS(
      "HLO072",
      """
      The plan of %s is not the committed one, %s, line %d:
        committed: %s
        now:       %s
      Review %s in the class output, and copy it\
      """),

  REFUSED_BY_XLA("HLO080", "The program of %s: XLA rejects it, %s"),
  CRASHES_XLA(
      "HLO081",
      "The program of %s: the process in which XLA compiled it %s; your application would"
          + " fail in the same way%s"),
  TOO_SLOW_FOR_XLA(
      "HLO082",
      "The program of %s: XLA did not compile it within %d seconds;"
          + " -Ahlo4j.verify.seconds changes this limit"),
  NOT_VERIFIABLE("HLO083", "XLA verified no program, but the build requires it: %s"),
  NOT_VERIFIED(
      "HLO084",
      Severity.NOTE,
      "XLA verified no program (-Ahlo4j.verify=off suppresses this note): %s"),
  /** A program that calls a function that no plugin, or not this one, provides. */
  MISSING_FUNCTION("HLO085", "The program of %s, %s"),
  PIPELINE_AND_KERNEL("HLO100", "%s has both @Kernel and @Pipeline; remove one"),
  /** A text that is not a pipeline. */
  BAD_PIPELINE("HLO101", "%s"),
  NO_SUCH_KERNEL("HLO102", "this interface has no kernel %s%s"),
  CANNOT_LINK("HLO103", "a pipeline cannot call %s: %s"),
  ARGUMENT_COUNT("HLO104", "%s takes %s, not %d"),
  ARGUMENT_TYPE("HLO105", "%s takes a %s as %s, but %s is a %s"),
  TARGET_COUNT("HLO106", "%s returns %s, but there %s on the left"),
  /** A pipeline with another number of results than its method. */
  PIPELINE_RETURNS("HLO107", "%s returned, but the method's result has %d%s"),
  PIPELINE_RETURN_TYPE("HLO108", "returned value %d is a %s, but %s is a %s"),
  RETURN_NOT_LAST(
      "HLO109", "return must be the last statement of the pipeline, outside of all blocks"),
  UNKNOWN_NAME("HLO110", "%s is not defined here%s"),
  NO_COMPONENT("HLO111", "%s has no component %s%s"),
  NOT_CARRIED(
      "HLO112",
      "%s is assigned in the repeat of line %d, which does not carry it: carry it, or"
          + " use another name inside"),
  NOTHING_TO_CARRY("HLO113", "%s has no value before the first round"),
  CARRIED_TYPE_CHANGES(
      "HLO114", "%s is %s before a round and %s after it; a carried name must keep its type"),
  NO_ROUNDS("HLO115", "a repeat needs at least one round, not %d"),
  RESULT_DROPPED("HLO116", "%s returns %s, but nothing receives %s"),
  /** A name without a tensor where a tensor is needed. */
  NO_VALUE("HLO117", "%s is %s, not a tensor"),
  NOT_A_TENSOR_HERE("HLO118", "%s is a record, but a slot of a Ref holds one tensor"),
  NEVER_DONE("HLO120", "%s, a future of %s, is never done"),
  DONE_TWICE("HLO121", "%s was already done in line %d"),
  FUTURE_OVERWRITTEN(
      "HLO122", "%s is assigned here, but it is a future of %s (line %d) that is not done yet"),
  FUTURE_RETURNED("HLO123", "%s is a future of %s; return the value of 'done %1$s'"),
  FUTURE_AS_VALUE("HLO124", "%s is a future of %s; 'done %1$s' returns its value"),
  NOT_A_FUTURE("HLO125", "%s is not a future, so it cannot be done"),
  OTHER_KERNEL("HLO126", "%s is a future of %s before a round, and of %s after it"),
  FUTURE_NOT_CARRIED(
      "HLO127", "%s was started in line %d, outside of this repeat, which does not carry it"),
  START_TARGET("HLO128", "'start %s' returns one future, but there %s on the left"),
  WRITTEN_IN_FLIGHT("HLO130", "%s is written here, while %s (line %d) is in flight and uses it"),
  READ_IN_FLIGHT("HLO131", "%s is read here, while %s (line %d) is in flight and writes it"),
  SENT_INTO_ITSELF("HLO132", "%s is sent into itself: %s would overwrite its own input"),
  WRITTEN_TWICE("HLO133", "%s would receive two results of one call of %s"),
  READ_BEFORE_WRITTEN("HLO134", "%s is read before anything is written to it"),
  /** An arrow to a name that is not a variable, or an index after it. */
  NOT_A_REF("HLO135", "%s is not a Ref"),
  NEEDS_A_REF("HLO136", "%s of %s is a Ref, but %s is not"),
  REF_ASSIGNED("HLO137", "%s is a Ref: calls write to it, as in 'k(x -> %1$s)'"),
  REF_CARRIED("HLO138", "%s is a Ref, which keeps its value between rounds: do not carry it"),
  WHICH_SLOT("HLO139", "%s has %d slots; specify one, as in %1$s[0]"),
  NOT_A_COUNTER(
      "HLO140", "%s is not the counter of a repeat around this, such as 'repeat 8 as %1$s'"),
  COUNTER_ASSIGNED("HLO141", "%s is a round counter and cannot have another value"),
  SLOT_TYPE("HLO142", "all slots of %s must have one type, not %s and %s"),
  ARROW_COUNT("HLO143", "%s returns %s, but there %s after the arrow"),
  ARROW_TYPE("HLO144", "%s returns a %s, but %s holds a %s"),
  /** A carried future whose variables change from round to round. */
  OTHER_VARIABLES(
      "HLO145",
      "%s %s before a round and %s after it; a carried future must use the same Refs"
          + " in each round"),
  /** A loop whose values do not return to their buffers. */
  CANNOT_DOUBLE_BUFFER(
      "HLO146",
      "this repeat cannot be double-buffered: %s (at most %d rounds can be combined,"
          + " and it is too long to be unrolled)"),
  /** Kernels with different numbers of replicas or partitions. */
  PIPELINE_DEVICES("HLO147", "%s runs as %s, and %s as %s"),
  /** Nested loops that must all be unrolled. */
  PIPELINE_TOO_LONG(
      "HLO148",
      "after unrolling, this has more than %,d steps: nest fewer loops, or use fewer" + " slots");

  /** The effect of a message on a build. */
  public enum Severity {
    /** The build fails. */
    ERROR,
    /** The build continues, unless warnings are errors. */
    WARNING,
    /** The build continues. */
    NOTE
  }

  private final String id;
  private final Severity severity;
  private final String text;

  Message(String id, String text) {
    this(id, Severity.ERROR, text);
  }

  Message(String id, Severity severity, String text) {
    this.id = id;
    this.severity = severity;
    this.text = text;
  }

  /** Returns the id, which never changes. */
  public String id() {
    return id;
  }

  /** Returns the effect on a build. */
  public Severity severity() {
    return severity;
  }

  /** Returns the text, a format for {@link String#format}. */
  public String text() {
    return text;
  }

  /** Returns the message with its id and arguments. */
  public String about(Object... things) {
    return "[" + id + "] " + String.format(Locale.ROOT, text, things);
  }

  /**
   * Returns the message about an offset in the text of an annotation.
   *
   * @param subject a noun phrase for the text, which starts the message
   * @param offset the offset in the text
   */
  public Problem within(
      Place place, String subject, SourceText source, int offset, Object... things) {
    String about = source.describe(offset, String.format(Locale.ROOT, text, things));
    return new Problem(this, "[%s] %s, %s".formatted(id, subject, about), place);
  }

  /** Returns the message with its arguments, at a place. */
  public Problem at(Place place, Object... things) {
    return new Problem(this, about(things), place);
  }
}
