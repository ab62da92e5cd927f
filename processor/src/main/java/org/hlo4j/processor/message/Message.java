package org.hlo4j.processor.message;

import java.util.Locale;
import org.hlo4j.internal.mlir.text.SourceText;

/**
 * What the processor has to say: each message has an id that stays, and a text. Messages that show
 * two sides name the program's first, then Java's.
 */
public enum Message {
  /** A type with {@code @Kernels} is no interface. */
  NOT_AN_INTERFACE("HLO001", "@Kernels belongs on an interface; %s is none"),
  /** An interface with type parameters, or one that extends a generic one. */
  GENERIC("HLO002", "%s has type parameters, and a kernel's types must be known here"),
  /** An abstract method of a kernel interface lacks its program. */
  NO_KERNEL(
      "HLO003", "%s has no @Kernel; every abstract method of a @Kernels interface is a kernel"),
  /** A kernel outside a kernel interface, or one with a body. */
  NOT_IN_KERNELS("HLO004", "@%s belongs on an abstract method of an interface with @Kernels"),
  /** Two methods of a kernel interface have one name. */
  OVERLOADED("HLO005", "%s has two kernels named %s; their generated names would be the same"),
  /** A kernel takes the name of a method that every object has. */
  OBJECT_METHOD("HLO006", "%s is a method of every object and cannot be a kernel"),
  /** A sealed interface. */
  SEALED("HLO007", "%s is sealed, so the generated code cannot implement it"),
  /** A generated file whose name is taken, or that cannot be written. */
  NOT_WRITTEN("HLO008", "What %s becomes cannot be written: %s"),

  /** Kernels of one interface that run on different numbers of devices. */
  DIFFERENT_DEVICES(
      "HLO009",
      "%s runs on %d devices, and %s on %d; the kernels of one interface run on one group"),

  /** Neither text nor a resource. */
  NO_PROGRAM("HLO010", "%s has no program: give @Kernel a text, or name a resource"),
  /** Text and a resource. */
  TWO_PROGRAMS("HLO011", "%s has both a text and a resource; it can have one program"),
  /** A resource that is nowhere. */
  NO_RESOURCE("HLO012", "The program %s was not found%s Looked in:%s"),
  /** Bytecode without a signature. */
  BYTECODE(
      "HLO013",
      "%s is MLIR bytecode, so the annotation has to say what it takes and returns, as in"
          + " signature = \"(%%x: tensor<4xf32>) -> tensor<4xf32>\""),
  /** Bytecode that a build has taken for text, or that was cut off. */
  DAMAGED_BYTECODE("HLO060", "%s: this bytecode %s"),
  /** A signature beside a program that has its own. */
  SIGNATURE_TWICE(
      "HLO014", "The signature belongs to a program that is only a body; this one has a @main"),
  /** A signature beside a resource. */
  SIGNATURE_OF_RESOURCE(
      "HLO016", "The signature belongs to a body in the annotation; %s holds a whole program"),
  /** Counts of devices in the annotation that the program contradicts. */
  DEVICES_CONTRADICTED(
      "HLO017", "The program of %s says mhlo.num_%s = %d, and the annotation %2$s = %4$d"),
  /** A count of devices that is none. */
  BAD_DEVICES("HLO018", "%s runs as %s = %d; there has to be at least one, and at most 32768"),
  /** A kernel, or an interface, that mentions what is generated from it. */
  OWN_TYPE(
      "HLO019",
      "%s mentions %s, which is generated from %s; static and default methods can do that, kernels"
          + " and extended interfaces cannot"),
  /** A program for several platforms that are not named, or not rightly. */
  PLATFORMS("HLO061", "The program of %s, %s"),
  /** The text is no program, or none that can run. */
  BAD_PROGRAM("HLO015", "The program of %s, %s"),

  /** A tensor type that is no interface. */
  TENSOR_TYPE_NOT_AN_INTERFACE("HLO020", "@TensorType belongs on an interface; %s is none"),
  /** A tensor type whose text is none. */
  BAD_TENSOR_TYPE("HLO021", "%s%s"),
  /** A tensor type that extends the wrong marker, or none. */
  WRONG_MARKER("HLO022", "%s is a %s and must extend %s; %s"),

  /** A parameter or component that is neither a tensor nor a record. */
  NOT_A_TENSOR(
      "HLO030",
      "%s has the type %s; a kernel takes Tensor<…>, DeviceBuffer<…>, BufferPromise<…>, Ref<…>, or"
          + " a record of those; on several devices, Sharded<…>"),
  /** A result that is neither a tensor nor a record. */
  NOT_A_RESULT(
      "HLO031",
      "%s has the type %s; a kernel returns DeviceBuffer<…>, Tensor<…>, a record of tensors, or"
          + " void; on several devices, Sharded<…> for a tensor"),
  /** A tensor without a type of its own. */
  UNTYPED("HLO032", "%s does not say which tensor it is: %s"),
  /** A record that contains itself. */
  RECURSIVE_RECORD("HLO033", "The record %s contains itself, so it has no end"),
  /** A record with type parameters. */
  GENERIC_RECORD("HLO034", "The record %s has type parameters, so its shapes are not known"),
  /** A type that the generated code cannot name. */
  HIDDEN_TYPE("HLO035", "%s is not visible to the generated code, which is in %s"),

  /** A variable that the kernel has nothing to put into. */
  REF_WITHOUT_OUTPUT(
      "HLO038",
      "%s is a Ref, but no output that is still free is a %s to replace its value; a kernel that"
          + " only reads it takes a Tensor<%s>"),
  /** A variable that is to be given away. */
  REF_DONATED("HLO039", "%s is a Ref, whose value the kernel replaces anyway: leave out @Donated"),
  /** A tensor on one device where several are needed. */
  NOT_SHARDED("HLO036", "%s is on one device, but %s runs on %d (%s): make it a Sharded<%s>"),
  /** A tensor on several devices where one is needed. */
  SHARDED(
      "HLO037",
      "%s is on several devices, but %s runs on one: make it a Tensor<%s>, or give @Kernel the"
          + " number of replicas or partitions"),

  /** A different number of inputs. */
  INPUT_COUNT("HLO040", "The program of %s takes %d inputs, and the method %d.%s"),
  /** An input of another type. */
  INPUT_TYPE("HLO041", "Input %d of the program, %%%s, is a %s; %s is a %s (%s)%s"),
  /** A different number of outputs. */
  OUTPUT_COUNT("HLO042", "The program of %s returns %d outputs, and the method %d.%s"),
  /** An output of another type. */
  OUTPUT_TYPE("HLO043", "Output %d of the program is a %s; %s is a %s (%s)%s"),

  /** A donated input that no output can take the place of. */
  NO_OUTPUT_TO_DONATE_TO(
      "HLO050",
      "%s is donated, but no output that is still free is a %s, so its memory cannot be reused"),
  /** A donated input whose memory goes to one output, and that is another output itself. */
  DONATED_AND_RETURNED(
      "HLO053",
      "%s is donated to output %d, and output %d is %1$s unchanged: one memory cannot be both."
          + " Donate it to the output that it is, or return a copy"),
  /** A donation that names no output. */
  NO_SUCH_OUTPUT("HLO054", "%s is donated to \"%s\", but the result has no tensor of that name%s"),
  /** A donation to an output of another type. */
  DONATED_TO_ANOTHER_TYPE(
      "HLO057", "%s is a %s, and cannot become the memory of %s, which is a %s"),
  /** A donation to an output that has another input's memory. */
  OUTPUT_TAKEN("HLO058", "%s is donated to %s, which has the memory of %s already"),
  /** A donation that contradicts the program's. */
  DONATED_ELSEWHERE("HLO059", "%s is donated to %s, but the program gives its memory to output %d"),
  /** A value that is used after a call took its memory. */
  USED_AFTER_DONATION(
      "HLO055",
      "%s is used here, but it is spent: %s donates %s to %s, whose result has its memory now"),
  /** The same, where some ways to the use lead through the call, and others do not. */
  MAYBE_USED_AFTER_DONATION(
      "HLO056",
      Severity.WARNING,
      "%s may be spent when it is used here%s: %s donates %s to %s, whose result then has its"
          + " memory"),
  /** A program that donates what Java does not. */
  DONATED_BY_PROGRAM_ONLY(
      "HLO051",
      "The program takes the memory of %s away (%s), so its callers must see it: add @Donated"),
  /** A donated input of a program that has no place to write it. */
  DONATED_IN_GENERIC_FORM(
      "HLO052",
      "%s is donated, but the program is in MLIR's generic form, where this cannot be added; write"
          + " it in the pretty form, or give that input a tf.aliasing_output"),

  /** A processor option that is written wrongly. */
  BAD_OPTION("HLO070", "An option of the annotation processor: %s"),
  /** A plan without a committed copy, where the build asks for one. */
  NO_COMMITTED_PLAN(
      "HLO071",
      "The plan of %s has no committed copy %s: review %s in the class output, and copy it"),
  /** A plan that is not the committed one. */
  PLAN_DIFFERS(
      "HLO072",
      """
      The plan of %s is not the committed one, %s, line %d:
        committed: %s
        now:       %s
      Review %s in the class output, and copy it\
      """),

  /** A program that XLA does not compile. */
  REFUSED_BY_XLA("HLO080", "The program of %s: XLA refuses it, %s"),
  /** A program that ends the process that compiles it. */
  CRASHES_XLA(
      "HLO081",
      "The program of %s: the process in which XLA compiled it %s, and so would your"
          + " application's%s"),
  /** A program that takes too long. */
  TOO_SLOW_FOR_XLA(
      "HLO082",
      "The program of %s: XLA has not compiled it within %d seconds, which -Ahlo4j.verify.seconds"
          + " may change"),
  /** A build that wants its programs verified, where that is not possible. */
  NOT_VERIFIABLE("HLO083", "No program was verified by XLA, which the build requires: %s"),
  /** Programs that were not verified. */
  NOT_VERIFIED(
      "HLO084",
      Severity.NOTE,
      "No program was verified by XLA (-Ahlo4j.verify=off makes this note go away): %s"),
  /** A program that calls a function that the plugin, or every plugin, lacks. */
  MISSING_FUNCTION("HLO085", "The program of %s, %s"),
  /** A method with a program and a pipeline. */
  PIPELINE_AND_KERNEL("HLO100", "%s has both @Kernel and @Pipeline; one of them says what it does"),
  /** A text that is no pipeline. */
  BAD_PIPELINE("HLO101", "%s"),
  /** A call of something that is no kernel. */
  NO_SUCH_KERNEL("HLO102", "there is no kernel %s in this interface%s"),
  /** A kernel whose program cannot become a part of another. */
  CANNOT_LINK("HLO103", "%s cannot be called by a pipeline: %s"),
  /** A call with too many arguments, or too few. */
  ARGUMENT_COUNT("HLO104", "%s takes %s, not %d"),
  /** An argument of another type. */
  ARGUMENT_TYPE("HLO105", "%s takes a %s as %s, and %s is a %s"),
  /** A call whose results do not fit the names on the left. */
  TARGET_COUNT("HLO106", "%s gives %s, and there %s on the left"),
  /** A pipeline that returns more or less than its method. */
  PIPELINE_RETURNS("HLO107", "%s returned, and the method's result has %d%s"),
  /** A pipeline that returns something of another type. */
  PIPELINE_RETURN_TYPE("HLO108", "value %d that is returned is a %s; %s is a %s"),
  /** A return in the middle. */
  RETURN_NOT_LAST("HLO109", "return belongs at the pipeline's end, outside of all blocks"),
  /** A name that stands for nothing. */
  UNKNOWN_NAME("HLO110", "%s is not defined here%s"),
  /** A component that a record does not have. */
  NO_COMPONENT("HLO111", "%s has no component %s%s"),
  /** A value that a loop's rounds would have to hand on to each other. */
  NOT_CARRIED(
      "HLO112",
      "%s is assigned in the repeat of line %d, which does not carry it: carry it, or give what is"
          + " inside another name"),
  /** A loop that carries something that is not there. */
  NOTHING_TO_CARRY("HLO113", "%s has no value yet that the first round could get"),
  /** A loop that makes something else of what it carries. */
  CARRIED_TYPE_CHANGES(
      "HLO114", "%s is %s before a round, and %s after it; what is carried keeps its type"),
  /** A loop without rounds. */
  NO_ROUNDS("HLO115", "a repeat has one round at least, not %d"),
  /** A call whose results go nowhere. */
  RESULT_DROPPED("HLO116", "%s gives %s, and nothing takes %s"),
  /** Something that is no tensor where one is needed. */
  NO_VALUE("HLO117", "%s is %s, and no tensor"),
  /** A variable of several tensors. */
  NOT_A_TENSOR_HERE("HLO118", "%s is a record, and a Ref's slot holds one tensor"),
  /** A start that nobody waits for. */
  NEVER_DONE("HLO120", "%s, a future of %s, is never done"),
  /** A second end. */
  DONE_TWICE("HLO121", "%s was done in line %d already"),
  /** A name that is taken as long as a call is in flight. */
  FUTURE_OVERWRITTEN(
      "HLO122", "%s gets another value here, but it is a future of %s (line %d) that is not done"),
  /** A future that would leave the pipeline. */
  FUTURE_RETURNED("HLO123", "%s is a future of %s; return what 'done %1$s' gives"),
  /** A future where a tensor is needed. */
  FUTURE_AS_VALUE("HLO124", "%s is a future of %s; 'done %1$s' gives its value"),
  /** An end of something that was not started. */
  NOT_A_FUTURE("HLO125", "%s is no future, so it cannot be done"),
  /** A future that becomes one of another kernel. */
  OTHER_KERNEL("HLO126", "%s is a future of %s before a round, and of %s after it"),
  /** A future that each round would end again. */
  FUTURE_NOT_CARRIED(
      "HLO127", "%s was started in line %d, outside of this repeat, which does not carry it"),
  /** A start that gives its future no name, or several. */
  START_TARGET("HLO128", "'start %s' gives one future, and there %s on the left"),
  /** A write into what a call in flight uses. */
  WRITTEN_IN_FLIGHT("HLO130", "%s is written here, while %s (line %d) is in flight and uses it"),
  /** A look at what a call in flight writes. */
  READ_IN_FLIGHT("HLO131", "%s is read here, while %s (line %d) is in flight and writes it"),
  /** A variable as source and target of one start. */
  SENT_INTO_ITSELF("HLO132", "%s is sent into itself: %s would write what it reads"),
  /** A variable as the target of two results. */
  WRITTEN_TWICE("HLO133", "%s would get two results of one call of %s"),
  /** A variable without a value. */
  READ_BEFORE_WRITTEN("HLO134", "%s is read before anything was written into it"),
  /** An arrow to something that is no variable, or an index behind it. */
  NOT_A_REF("HLO135", "%s is no Ref"),
  /** A kernel that replaces the value of a variable, and gets none. */
  NEEDS_A_REF("HLO136", "%s of %s is a Ref, and %s is none"),
  /** An assignment to a variable. */
  REF_ASSIGNED("HLO137", "%s is a Ref: calls write into it, as in 'k(x -> %1$s)'"),
  /** A variable among what a loop carries. */
  REF_CARRIED(
      "HLO138", "%s is a Ref, which each round finds as the last one left it: leave it out here"),
  /** A variable with several slots, and none of them named. */
  WHICH_SLOT("HLO139", "%s has %d slots; say which, as in %1$s[0]"),
  /** An index by something that counts nothing. */
  NOT_A_COUNTER("HLO140", "%s counts no repeat around this, as 'repeat 8 as %1$s' would"),
  /** A counter that is something else as well. */
  COUNTER_ASSIGNED("HLO141", "%s cannot count rounds and be something else"),
  /** A variable whose slots differ. */
  SLOT_TYPE("HLO142", "the slots of %s are of one type, not %s and %s"),
  /** More variables behind an arrow than results, or fewer. */
  ARROW_COUNT("HLO143", "%s gives %s, and there %s behind the arrow"),
  /** A variable of another type behind an arrow. */
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
