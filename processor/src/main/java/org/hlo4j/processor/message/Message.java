package org.hlo4j.processor.message;

import java.util.Locale;
import org.hlo4j.internal.mlir.text.SourceText;

/**
 * What the processor has to say: each message has an id that stays, and a text. Messages that show
 * two sides name the program's first, then Java's. The page on errors explains each.
 */
public enum Message {
  NOT_AN_INTERFACE("HLO001", "@Kernels belongs on an interface; %s is none"),
  /** An interface with type parameters, or one that extends a generic one. */
  GENERIC("HLO002", "%s has type parameters, and a kernel's types must be known here"),
  NO_KERNEL(
      "HLO003", "%s has no @Kernel; every abstract method of a @Kernels interface is a kernel"),
  /** A kernel outside a kernel interface, or one with a body. */
  NOT_IN_KERNELS("HLO004", "@%s belongs on an abstract method of an interface with @Kernels"),
  OVERLOADED("HLO005", "%s has two kernels named %s; their generated names would be the same"),
  OBJECT_METHOD("HLO006", "%s is a method of every object and cannot be a kernel"),
  SEALED("HLO007", "%s is sealed, so the generated code cannot implement it"),
  /** A generated file whose name is taken, or that cannot be written. */
  NOT_WRITTEN("HLO008", "What %s becomes cannot be written: %s"),

  DIFFERENT_DEVICES(
      "HLO009",
      "%s runs on %d devices, and %s on %d; the kernels of one interface run on one group"),

  NO_PROGRAM("HLO010", "%s has no program: give @Kernel a text, or name a resource"),
  TWO_PROGRAMS("HLO011", "%s has both a text and a resource; it can have one program"),
  NO_RESOURCE("HLO012", "The program %s was not found%s Looked in:%s"),
  BYTECODE(
      "HLO013",
      "%s is MLIR bytecode, so the annotation has to say what it takes and returns, as in"
          + " signature = \"(%%x: tensor<4xf32>) -> tensor<4xf32>\""),
  /** Bytecode that a build has taken for text, or that was cut off. */
  DAMAGED_BYTECODE("HLO060", "%s: this bytecode %s"),
  SIGNATURE_TWICE(
      "HLO014", "The signature belongs to a program that is only a body; this one has a @main"),
  SIGNATURE_OF_RESOURCE(
      "HLO016", "The signature belongs to a body in the annotation; %s holds a whole program"),
  DEVICES_CONTRADICTED(
      "HLO017", "The program of %s says mhlo.num_%s = %d, and the annotation %2$s = %4$d"),
  BAD_DEVICES("HLO018", "%s runs as %s = %d; there has to be at least one, and at most 32768"),
  OWN_TYPE(
      "HLO019",
      "%s mentions %s, which is generated from %s; static and default methods can do that, kernels"
          + " and extended interfaces cannot"),
  /** A program for several platforms that are not named, or not rightly. */
  PLATFORMS("HLO061", "The program of %s, %s"),
  /** The text is no program, or none that can run. */
  BAD_PROGRAM("HLO015", "The program of %s, %s"),

  TENSOR_TYPE_NOT_AN_INTERFACE("HLO020", "@TensorType belongs on an interface; %s is none"),
  /** A tensor type whose text is none. */
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
  UNTYPED("HLO032", "%s does not say which tensor it is: %s"),
  RECURSIVE_RECORD("HLO033", "The record %s contains itself, so it has no end"),
  GENERIC_RECORD("HLO034", "The record %s has type parameters, so its shapes are not known"),
  HIDDEN_TYPE("HLO035", "%s is not visible to the generated code, which is in %s"),

  REF_WITHOUT_OUTPUT(
      "HLO038",
      "%s is a Ref, but no output that is still free is a %s to replace its value; a kernel that"
          + " only reads it takes a Tensor<%s>"),
  REF_DONATED("HLO039", "%s is a Ref, whose value the kernel replaces anyway: leave out @Donated"),
  NOT_SHARDED("HLO036", "%s is on one device, but %s runs on %d (%s): make it a Sharded<%s>"),
  SHARDED(
      "HLO037",
      "%s is on several devices, but %s runs on one: make it a Tensor<%s>, or give @Kernel the"
          + " number of replicas or partitions"),

  INPUT_COUNT("HLO040", "The program of %s takes %d inputs, and the method %d.%s"),
  INPUT_TYPE("HLO041", "Input %d of the program, %%%s, is a %s; %s is a %s (%s)%s"),
  OUTPUT_COUNT("HLO042", "The program of %s returns %d outputs, and the method %d.%s"),
  OUTPUT_TYPE("HLO043", "Output %d of the program is a %s; %s is a %s (%s)%s"),

  NO_OUTPUT_TO_DONATE_TO(
      "HLO050",
      "%s is donated, but no output that is still free is a %s, so its memory cannot be reused"),
  DONATED_AND_RETURNED(
      "HLO053",
      "%s is donated to output %d, and output %d is %1$s unchanged: one memory cannot be both."
          + " Donate it to the output that it is, or return a copy"),
  NO_SUCH_OUTPUT("HLO054", "%s is donated to \"%s\", but the result has no tensor of that name%s"),
  DONATED_TO_ANOTHER_TYPE(
      "HLO057", "%s is a %s, and cannot become the memory of %s, which is a %s"),
  OUTPUT_TAKEN("HLO058", "%s is donated to %s, which has the memory of %s already"),
  DONATED_ELSEWHERE("HLO059", "%s is donated to %s, but the program gives its memory to output %d"),
  USED_AFTER_DONATION(
      "HLO055",
      "%s is used here, but it is spent: %s donates %s to %s, whose result has its memory now"),
  /** The same, where some ways to the use lead through the call, and others do not. */
  MAYBE_USED_AFTER_DONATION(
      "HLO056",
      Severity.WARNING,
      "%s may be spent when it is used here%s: %s donates %s to %s, whose result then has its"
          + " memory"),
  DONATED_BY_PROGRAM_ONLY(
      "HLO051",
      "The program takes the memory of %s away (%s), so its callers must see it: add @Donated"),
  DONATED_IN_GENERIC_FORM(
      "HLO052",
      "%s is donated, but the program is in MLIR's generic form, where this cannot be added; write"
          + " it in the pretty form, or give that input a tf.aliasing_output"),

  BAD_OPTION("HLO070", "An option of the annotation processor: %s"),
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

  REFUSED_BY_XLA("HLO080", "The program of %s: XLA refuses it, %s"),
  CRASHES_XLA(
      "HLO081",
      "The program of %s: the process in which XLA compiled it %s, and so would your"
          + " application's%s"),
  TOO_SLOW_FOR_XLA(
      "HLO082",
      "The program of %s: XLA has not compiled it within %d seconds, which -Ahlo4j.verify.seconds"
          + " may change"),
  NOT_VERIFIABLE("HLO083", "No program was verified by XLA, which the build requires: %s"),
  NOT_VERIFIED(
      "HLO084",
      Severity.NOTE,
      "No program was verified by XLA (-Ahlo4j.verify=off makes this note go away): %s"),
  /** A program that calls a function that the plugin, or every plugin, lacks. */
  MISSING_FUNCTION("HLO085", "The program of %s, %s"),
  PIPELINE_AND_KERNEL("HLO100", "%s has both @Kernel and @Pipeline; one of them says what it does"),
  /** A text that is no pipeline. */
  BAD_PIPELINE("HLO101", "%s"),
  NO_SUCH_KERNEL("HLO102", "there is no kernel %s in this interface%s"),
  CANNOT_LINK("HLO103", "%s cannot be called by a pipeline: %s"),
  ARGUMENT_COUNT("HLO104", "%s takes %s, not %d"),
  ARGUMENT_TYPE("HLO105", "%s takes a %s as %s, and %s is a %s"),
  TARGET_COUNT("HLO106", "%s gives %s, and there %s on the left"),
  /** A pipeline that returns more or less than its method. */
  PIPELINE_RETURNS("HLO107", "%s returned, and the method's result has %d%s"),
  PIPELINE_RETURN_TYPE("HLO108", "value %d that is returned is a %s; %s is a %s"),
  RETURN_NOT_LAST("HLO109", "return belongs at the pipeline's end, outside of all blocks"),
  UNKNOWN_NAME("HLO110", "%s is not defined here%s"),
  NO_COMPONENT("HLO111", "%s has no component %s%s"),
  NOT_CARRIED(
      "HLO112",
      "%s is assigned in the repeat of line %d, which does not carry it: carry it, or give what is"
          + " inside another name"),
  NOTHING_TO_CARRY("HLO113", "%s has no value yet that the first round could get"),
  CARRIED_TYPE_CHANGES(
      "HLO114", "%s is %s before a round, and %s after it; what is carried keeps its type"),
  NO_ROUNDS("HLO115", "a repeat has one round at least, not %d"),
  RESULT_DROPPED("HLO116", "%s gives %s, and nothing takes %s"),
  /** Something that is no tensor where one is needed. */
  NO_VALUE("HLO117", "%s is %s, and no tensor"),
  NOT_A_TENSOR_HERE("HLO118", "%s is a record, and a Ref's slot holds one tensor"),
  NEVER_DONE("HLO120", "%s, a future of %s, is never done"),
  DONE_TWICE("HLO121", "%s was done in line %d already"),
  FUTURE_OVERWRITTEN(
      "HLO122", "%s gets another value here, but it is a future of %s (line %d) that is not done"),
  FUTURE_RETURNED("HLO123", "%s is a future of %s; return what 'done %1$s' gives"),
  FUTURE_AS_VALUE("HLO124", "%s is a future of %s; 'done %1$s' gives its value"),
  NOT_A_FUTURE("HLO125", "%s is no future, so it cannot be done"),
  OTHER_KERNEL("HLO126", "%s is a future of %s before a round, and of %s after it"),
  FUTURE_NOT_CARRIED(
      "HLO127", "%s was started in line %d, outside of this repeat, which does not carry it"),
  START_TARGET("HLO128", "'start %s' gives one future, and there %s on the left"),
  WRITTEN_IN_FLIGHT("HLO130", "%s is written here, while %s (line %d) is in flight and uses it"),
  READ_IN_FLIGHT("HLO131", "%s is read here, while %s (line %d) is in flight and writes it"),
  SENT_INTO_ITSELF("HLO132", "%s is sent into itself: %s would write what it reads"),
  WRITTEN_TWICE("HLO133", "%s would get two results of one call of %s"),
  READ_BEFORE_WRITTEN("HLO134", "%s is read before anything was written into it"),
  /** An arrow to something that is no variable, or an index behind it. */
  NOT_A_REF("HLO135", "%s is no Ref"),
  NEEDS_A_REF("HLO136", "%s of %s is a Ref, and %s is none"),
  REF_ASSIGNED("HLO137", "%s is a Ref: calls write into it, as in 'k(x -> %1$s)'"),
  REF_CARRIED(
      "HLO138", "%s is a Ref, which each round finds as the last one left it: leave it out here"),
  WHICH_SLOT("HLO139", "%s has %d slots; say which, as in %1$s[0]"),
  NOT_A_COUNTER("HLO140", "%s counts no repeat around this, as 'repeat 8 as %1$s' would"),
  COUNTER_ASSIGNED("HLO141", "%s cannot count rounds and be something else"),
  SLOT_TYPE("HLO142", "the slots of %s are of one type, not %s and %s"),
  ARROW_COUNT("HLO143", "%s gives %s, and there %s behind the arrow"),
  ARROW_TYPE("HLO144", "%s gives a %s, and %s holds a %s"),
  /** A future that is carried, and goes between other variables from round to round. */
  OTHER_VARIABLES(
      "HLO145", "%s %s before a round, and %s after it; what is carried goes the same way in each"),
  /** A loop whose buffers do not come back. */
  CANNOT_DOUBLE_BUFFER(
      "HLO146",
      "this repeat cannot be double-buffered: %s (at most %d rounds are written as one, and it is"
          + " too long to be written without a loop)"),
  /** Kernels that run on devices in different ways. */
  PIPELINE_DEVICES("HLO147", "%s runs as %s, and %s as %s"),
  /** Loops in loops, each of which has to be written out. */
  PIPELINE_TOO_LONG(
      "HLO148",
      "with rounds written out, this makes more than %,d steps: put fewer loops into each other, or"
          + " use fewer slots");

  /** What a message does to a build. */
  public enum Severity {
    /** The build fails. */
    ERROR,
    /** The build goes on, unless it takes warnings for errors. */
    WARNING,
    /** The build goes on. */
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

  /** Stays the same when the text changes. */
  public String id() {
    return id;
  }

  /** What it does to a build. */
  public Severity severity() {
    return severity;
  }

  /** The text with places for particular things, as {@link String#format} wants it. */
  public String text() {
    return text;
  }

  /** This message about particular things, with its id. */
  public String about(Object... things) {
    return "[" + id + "] " + String.format(Locale.ROOT, text, things);
  }

  /**
   * This message about particular things in a text that an annotation holds.
   *
   * @param subject what the text is, as the beginning of a sentence
   * @param offset where in the text
   */
  public Problem within(
      Place place, String subject, SourceText source, int offset, Object... things) {
    String about = source.describe(offset, String.format(Locale.ROOT, text, things));
    return new Problem(this, "[%s] %s, %s".formatted(id, subject, about), place);
  }

  /** This message about particular things, at a place. */
  public Problem at(Place place, Object... things) {
    return new Problem(this, about(things), place);
  }
}
