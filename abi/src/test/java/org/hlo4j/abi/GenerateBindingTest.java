package org.hlo4j.abi;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateBindingTest {
  private static final String HEADER = "kind\towner\tname\tvalue\tctype\n";

  @TempDir Path folder;

  @Test
  void aStructBecomesOffsetsAndAccessors() throws IOException {
    String source =
        generate(
            """
            struct\tPair\tsizeof\t32\t
            struct\tPair\tstruct_size\t25\t
            field\tPair\tstruct_size\t0\tsize_t
            field\tPair\tbuffer\t8\tPJRT_Buffer *
            field\tPair\tcount\t16\tint
            field\tPair\tready\t24\t_Bool
            """,
            "Pair");

    assertThat(source).contains("SIZEOF = 32L");
    assertThat(source).contains("struct_size(struct, 25L)");
    assertThat(source).contains("long buffer$OFFSET = 8L");
    assertThat(source).contains("public static long buffer(MemorySegment struct)");
    assertThat(source).contains("struct.get(ValueLayout.JAVA_INT, count$OFFSET)");
    assertThat(source).contains("struct.get(ValueLayout.JAVA_BYTE, ready$OFFSET) != 0");
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() throws IOException {
    String table = "enum\tPJRT_Kind\tPJRT_Kind_ONE\t1\t\n";
    String before = generate(table, "PJRT_Kind");
    Path file = folder.resolve("org/hlo4j/internal/pjrt/abi/PJRT_Kind.java");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));

    assertThat(generate(table, "PJRT_Kind")).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1000));
    assertThat(generate(table.replace("\t1\t", "\t2\t"), "PJRT_Kind")).contains("ONE = 2");
  }

  @Test
  void anAnonymousUnionFollowsTheFieldBeforeIt() throws IOException {
    String source =
        generate(
            """
            struct\tNamed\tsizeof\t56\t
            field\tNamed\ttype\t32\tint
            field\tNamed\tunion Named::(anonymous at x.h:1:1)\t-1\tunion Named::(anonymous at x.h:1:1)
            field\tNamed\tvalue_size\t48\tsize_t
            """,
            "Named");

    assertThat(source).contains("long union$OFFSET = 40L");
  }

  @Test
  void constantsLoseTheNameOfTheirEnum() throws IOException {
    String source = generate("enum\tPJRT_Kind\tPJRT_Kind_ONE\t1\t\n", "PJRT_Kind");

    assertThat(source).contains("public static final int ONE = 1;");
  }

  @Test
  void functionsOfTheApiKnowTheirSlots() throws IOException {
    String source =
        generate(
            """
            struct\tPJRT_Api\tsizeof\t48\t
            field\tPJRT_Api\tstruct_size\t0\tsize_t
            field\tPJRT_Api\tPJRT_Error_Destroy\t40\tPJRT_Error_Destroy *
            """,
            "PjrtFunction");

    assertThat(source).contains("PJRT_Error_Destroy(40L)");
    assertThat(source).doesNotContain("struct_size(");
  }

  @Test
  void aTableWithoutItsHeaderIsRefused() throws IOException {
    Path table = Files.writeString(folder.resolve("t.tsv"), "struct\tA\tsizeof\t8\t\n");

    IOException refused =
        assertThrows(
            IOException.class, () -> GenerateBinding.generate(table, folder, List.of(folder)));

    assertThat(refused).hasMessageThat().contains("does not begin with the line: kind");
  }

  @Test
  void onlyWhatSourcesImportIsWritten() throws IOException {
    String rows = "enum\tPJRT_One\tPJRT_One_A\t1\t\nenum\tPJRT_Two\tPJRT_Two_A\t1\t\n";
    generate(rows, "PJRT_One");
    assertThat(Files.exists(binding("PJRT_Two"))).isFalse();

    generate(rows, "PJRT_Two");

    assertThat(Files.exists(binding("PJRT_One"))).isFalse();
  }

  @Test
  void anImportOfEverythingIsRefused() {
    IOException refused = assertThrows(IOException.class, () -> generate("", "*"));

    assertThat(refused).hasMessageThat().contains("User.java imports all of the binding");
  }

  private String generate(String rows, String type) throws IOException {
    Path table = Files.writeString(folder.resolve("table.tsv"), HEADER + rows);
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("User.java"), "import org.hlo4j.internal.pjrt.abi." + type + ";\n");
    GenerateBinding.generate(table, folder, List.of(sources));
    return Files.readString(binding(type));
  }

  private Path binding(String type) {
    return folder.resolve("org/hlo4j/internal/pjrt/abi/" + type + ".java");
  }
}
