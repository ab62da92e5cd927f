package org.hlo4j.tests.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A small change to a program, such as a tired person makes. */
enum Mutation {
  /** Another element type in one place. */
  DTYPE("(?<=x|<)(f16|f32|f64|bf16|i1|i8|i16|i32|i64|ui8|ui32|ui64)(?=>)") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return pick(List.of("f16", "f32", "f64", "i1", "i8", "i32", "i64", "ui8", "ui32"), random);
    }
  },
  /** Another dimension in one place. */
  DIMENSION("(?<=<|x)[0-9]+(?=x)") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return Integer.toString(Integer.parseInt(found) + 1 + random.nextInt(3));
    }
  },
  /** Another value in one place. */
  OPERAND("%[A-Za-z0-9_]+(#[0-9]+)?") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return pick(all, random);
    }
  },
  /** Another number in an attribute. */
  ATTRIBUTE("(?<=[\\[ ,:=])-?[0-9]+(?=[\\], :])") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return Long.toString(Long.parseLong(found) + (random.nextBoolean() ? 1 : -1));
    }
  },
  /** Another operation. */
  OPERATION("(?<=stablehlo\\.)[a-z_]+") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return pick(all, random);
    }
  },
  /** A line less. */
  DROPPED_LINE("(?m)^.*\n") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return "";
    }
  },
  /** A line twice. */
  DOUBLED_LINE("(?m)^.*\n") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return found + found;
    }
  },
  /** A line in place of another. */
  SWAPPED_LINE("(?m)^.*\n") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return pick(all, random);
    }
  },
  /** A punctuation mark less. */
  PUNCTUATION("[(){}<>\\[\\],:=]") {
    @Override
    String instead(String found, List<String> all, Random random) {
      return "";
    }
  };

  private final Pattern pattern;

  Mutation(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /** Any of them. */
  static Mutation any(Random random) {
    List<Mutation> all = List.of(values());
    return all.get(random.nextInt(all.size()));
  }

  /** What stands in the place of something; {@code all} is what stands in such places. */
  abstract String instead(String found, List<String> all, Random random);

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** The program with one change; the program itself if there is nothing to change. */
  String mutate(String program, Random random) {
    List<MatchResult> places = new ArrayList<>();
    pattern.matcher(program).results().forEach(places::add);
    // Numbers of many digits are the bits of constants.
    places.removeIf(place -> this == ATTRIBUTE && place.group().length() > 15);
    if (places.isEmpty()) {
      return program;
    }
    MatchResult place = places.get(random.nextInt(places.size()));
    List<String> all = places.stream().map(MatchResult::group).toList();
    return program.substring(0, place.start())
        + instead(place.group(), all, random)
        + program.substring(place.end());
  }
}
