package org.hlo4j.cli.explain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.stream.Stream;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.ProgramOutput;

/** Writes explanations as JSON. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** Returns the signature, and how the memory of each buffer is reused. */
  public static JsonObject beforeCompiling(Explanation explanation) {
    Program program = explanation.program();
    JsonObject json = new JsonObject();
    json.addProperty("name", program.name());
    json.addProperty("replicas", program.replicas());
    json.addProperty("partitions", program.partitions());
    json.add("inputs", array(program.inputs().stream().map(ExplanationJson::input)));
    json.add("outputs", array(program.outputs().stream().map(ExplanationJson::output)));
    json.add("collectives", array(program.collectives().stream().map(JsonPrimitive::new)));
    json.add("operations", counts(explanation.operations()));
    return json;
  }

  private static JsonArray array(Stream<? extends JsonElement> elements) {
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }

  private static JsonObject input(ProgramInput input) {
    JsonObject json = new JsonObject();
    json.addProperty("name", input.name());
    json.addProperty("label", input.label());
    json.addProperty("type", input.shape().toString());
    json.addProperty("donated", input.donated());
    input.aliasedOutput().ifPresent(output -> json.addProperty("donatedTo", output));
    json.addProperty("unused", input.unused());
    return json;
  }

  private static JsonObject output(ProgramOutput output) {
    JsonObject json = new JsonObject();
    json.addProperty("name", output.name());
    json.addProperty("type", output.shape().toString());
    output.forwardedInput().ifPresent(input -> json.addProperty("forwardedInput", input));
    output.sameAs().ifPresent(other -> json.addProperty("sameAs", other));
    json.addProperty("copied", output.copied());
    return json;
  }

  /** Returns XLA's statistics; memory is in bytes. */
  public static JsonObject afterCompiling(ExecutableStatistics statistics) {
    JsonObject json = new JsonObject();
    json.add("operations", counts(statistics.operations()));
    json.addProperty("copies", statistics.copies());
    json.addProperty("copiesInLoops", statistics.copiesInLoops());
    json.addProperty("copiedBytes", statistics.copiedBytes());
    json.addProperty("argumentBytes", statistics.argumentBytes());
    json.addProperty("outputBytes", statistics.outputBytes());
    json.addProperty("aliasedBytes", statistics.aliasedBytes());
    json.addProperty("temporaryBytes", statistics.temporaryBytes());
    json.addProperty("generatedCodeBytes", statistics.generatedCodeBytes());
    json.addProperty("peakBytes", statistics.peakBytes());
    return json;
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::addProperty);
    return json;
  }
}
