package org.hlo4j.processor.donation.state;

import static com.google.common.truth.Truth.assertThat;
import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ExpressionTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What variables hold, and what is spent, on one path through a body. */
final class StoreTest {
  private static final int X = 0;
  private static final int Y = 1;

  /** The expression that each of these steps evaluates. */
  private static final int E = 10;

  private static final ExpressionTree CALL = TestMentions.tree();

  private static Store donated(Store store, int variable) {
    return store.read(variable, E, TestMentions.of("x")).spend(E, CALL, "Dense.halve").drop(E);
  }

  private static boolean isSpent(Store store, int variable, boolean parts) {
    return store.read(variable, E, TestMentions.of("x")).spending(E, parts) != null;
  }

  private static Store assigned(Store store, int to, int from) {
    return store.read(from, E, TestMentions.of("x")).assign(to, E).drop(E);
  }

  @Test
  void aVariableIsNotSpentAtFirst() {
    assertThat(isSpent(Store.EMPTY, X, true)).isFalse();
  }

  @Test
  void aVariableThatWasDonatedIsSpent() {
    Store store = donated(Store.EMPTY, X);

    assertThat(isSpent(store, X, false)).isTrue();
    assertThat(isSpent(store, Y, false)).isFalse();
  }

  @Test
  void aVariableOfTheSameValueIsSpentAsWell() {
    assertThat(isSpent(donated(assigned(Store.EMPTY, Y, X), X), Y, false)).isTrue();
  }

  @Test
  void aVariableThatIsAssignedAnewIsNotSpent() {
    int somethingNew = 11;

    assertThat(isSpent(donated(Store.EMPTY, X).assign(X, somethingNew), X, false)).isFalse();
  }

  @Test
  void aPartOfASpentValueIsSpent() {
    Store store =
        donated(Store.EMPTY, X).read(X, E, TestMentions.of("x")).part(E, "w", E + 1).drop(E);

    assertThat(store.spending(E + 1, false)).isNotNull();
  }

  @Test
  void aSpentPartCountsOnlyWherePartsAreUsed() {
    Store store =
        Store.EMPTY
            .read(X, E, TestMentions.of("x"))
            .part(E, "w", E + 1)
            .spend(E + 1, CALL, "Dense.halve")
            .drop(E)
            .drop(E + 1);

    assertThat(isSpent(store, X, true)).isTrue();
    assertThat(isSpent(store, X, false)).isFalse();
  }

  @Test
  void aRecordThatIsSpentSpendsItsComponents() {
    int record = 12;
    Store store =
        Store.EMPTY
            .read(X, E, TestMentions.of("x"))
            .construct(record, TestMentions.of("new Params(…)"), Map.of("w", E))
            .spend(record, CALL, "Dense.step")
            .drop(record)
            .drop(E);

    assertThat(isSpent(store, X, false)).isTrue();
  }

  @Test
  void theComponentOfARecordIsTheValueThatItWasMadeOf() {
    int record = 12;
    Store store =
        donated(
            Store.EMPTY
                .read(X, E, TestMentions.of("x"))
                .construct(record, TestMentions.of("new Params(…)"), Map.of("w", E))
                .drop(E),
            X);

    assertThat(store.part(record, "w", E + 1).spending(E + 1, false)).isNotNull();
    assertThat(store.part(record, "b", E + 1).spending(E + 1, false)).isNull();
  }

  @Test
  void aUseThatIsReportedIsReportedOnce() {
    Store store = donated(Store.EMPTY, X).read(X, E, TestMentions.of("x")).use(E, false);
    Spending spending = requireNonNull(store.spending(E, false));

    assertThat(spending.reported()).isTrue();
    assertThat(spending.method()).isEqualTo("Dense.halve");
  }

  @Test
  void aVariableThatIsForgottenHoldsANewValue() {
    assertThat(isSpent(donated(Store.EMPTY, X).without(slot -> slot == X), X, false)).isFalse();
  }
}
