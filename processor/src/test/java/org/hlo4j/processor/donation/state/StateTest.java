package org.hlo4j.processor.donation.state;

import static com.google.common.truth.Truth.assertThat;
import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ExpressionTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins and widening of what the paths to a point say. */
final class StateTest {
  private static final int X = 0;
  private static final int Y = 1;
  private static final int E = 10;
  private static final ExpressionTree CALL = TestMentions.tree();

  private static UnaryOperator<Store> donating(int variable) {
    return store ->
        store.read(variable, E, TestMentions.of("x")).spend(E, CALL, "Dense.halve").drop(E);
  }

  private static Store copying(Store store) {
    return store.read(X, E, TestMentions.of("x")).assign(Y, E).drop(E);
  }

  /** What is spent of a variable in the only store of a state. */
  private static @Nullable Spending spending(State state, int variable) {
    assertThat(state.stores()).hasSize(1);
    return state.stores().get(0).read(variable, E, TestMentions.of("x")).spending(E, true);
  }

  @Test
  void equalStoresBecomeOne() {
    State one = State.START.map(donating(X));
    State other = State.START.map(donating(X));

    assertThat(one.join(other).stores()).hasSize(1);
    assertThat(one.join(State.NOWHERE).stores()).hasSize(1);
  }

  @Test
  void differentStoresAreToldApart() {
    assertThat(State.START.join(State.START.map(donating(X))).stores()).hasSize(2);
  }

  @Test
  void theOrderOfStoresDoesNotMatter() {
    State donated = State.START.map(donating(X));

    assertThat(State.START.join(donated).sameAs(donated.join(State.START))).isTrue();
    assertThat(State.START.join(donated).sameAs(State.START.join(State.START))).isFalse();
  }

  @Test
  void whatIsSpentOnOnePathIsMaybeSpent() {
    Spending spending = spending(State.START.join(State.START.map(donating(X))).widened(), X);

    assertThat(requireNonNull(spending).certain()).isFalse();
  }

  @Test
  void whatIsSpentOnEachPathIsCertainlySpent() {
    State both = State.START.map(donating(X)).join(State.START.map(donating(X)).map(donating(Y)));
    State widened = both.widened();

    Spending first = spending(widened, X);
    assertThat(requireNonNull(first).certain()).isTrue();
    Spending second = spending(widened, Y);
    assertThat(requireNonNull(second).certain()).isFalse();
  }

  @Test
  void variablesOfOneValueOnEachPathKeepIt() {
    State widened =
        State.START
            .map(StateTest::copying)
            .join(State.START.map(StateTest::copying).map(donating(2)))
            .widened();

    assertThat(spending(widened.map(donating(X)), Y)).isNotNull();
  }

  @Test
  void variablesOfOneValueOnSomePathsAreToldApart() {
    State widened =
        State.START.map(donating(2)).join(State.START.map(StateTest::copying)).widened();

    assertThat(spending(widened.map(donating(X)), Y)).isNull();
  }

  @Test
  void manyStoresAreWidenedToOne() {
    State all = State.START;
    List<Integer> sizes = new ArrayList<>();
    for (int variable = 0; variable < 6; variable++) {
      all = all.join(all.map(donating(variable)));
      sizes.add(all.stores().size());
    }

    assertThat(sizes).containsExactly(2, 4, 8, 16, 32, 1).inOrder();
    Spending spending = spending(all, X);
    assertThat(requireNonNull(spending).certain()).isFalse();
  }
}
