package org.hlo4j.tests.corpus;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.Sharding;
import org.hlo4j.Tensor;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every program for four devices gives on each what JAX computed there. */
@Tag("plugins")
final class ShardedCorpusTest {
  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(4).open();
  private static final DeviceGroup GROUP = CLIENT.group(4);

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mp_2x2_matmul_auto",
        "mp_all_to_all",
        "mp_jax_export_text",
        "mp_pmap_grad_mean",
        "mp_ppermute_ring",
        "mr_all_reduce_replicas4"
      })
  void givesWhatJaxComputed(String name) {
    check(name, GROUP.compile(Program.of(Expectation.program(name))));
  }

  @ParameterizedTest
  @ValueSource(strings = "mp_2x2_matmul_auto")
  void givesWhatJaxComputedInBytecode(String name) {
    Program text = Program.of(Expectation.program(name));
    String signature =
        "(%a: tensor<16x12xf32>, %b: tensor<12x8xf32>, %c: tensor<16x12xf32>)"
            + " -> (tensor<16x8xf32>, tensor<16x16xf32>, tensor<12xf32>)";
    Executable executable =
        GROUP.compile(Program.ofBytecode(Expectation.bytecode(name), signature, 1, 4));

    assertThat(executable.inputShardings()).isEqualTo(GROUP.compile(text).inputShardings());
    check(name, executable);
  }

  private static void check(String name, Executable executable) {
    Expectation expectation = Expectation.of(name);
    List<Sharded<?>> inputs = new ArrayList<>();
    for (int i = 0; i < executable.inputs().size(); i++) {
      Shape shape = executable.inputs().get(i).shape();
      Sharding sharding = executable.inputShardings().get(i);
      inputs.add(GROUP.join(shape, sharding, shards(name, "in_" + i, sharding.shardShape(shape))));
    }

    List<ShardedBuffer<?>> outputs = executable.executeSharded(inputs.toArray(Sharded<?>[]::new));

    assertThat(outputs).hasSize(expectation.outputs().size());
    Tolerance tolerance = new Tolerance(expectation.rtol(), expectation.atol());
    for (int i = 0; i < outputs.size(); i++) {
      for (int device = 0; device < GROUP.size(); device++) {
        DeviceBuffer<?> shard = outputs.get(i).shard(device);
        MemorySegment got = MemorySegment.ofArray(new byte[(int) shard.shape().byteSize()]);
        shard.copyTo(got);
        MemorySegment wanted =
            Expectation.elements(name, String.format(Locale.ROOT, "out_%d.dev%d", i, device));
        assertWithMessage("output %s on device %s", i, device)
            .that(tolerance.difference(shard.shape(), got, wanted))
            .isEmpty();
      }
    }
  }

  private static List<Tensor<?>> shards(String name, String file, Shape shape) {
    List<Tensor<?>> shards = new ArrayList<>();
    for (int device = 0; device < GROUP.size(); device++) {
      MemorySegment elements = Expectation.elements(name, file + ".dev" + device);
      shards.add(GROUP.device(device).put(shape, elements));
    }
    return shards;
  }
}
