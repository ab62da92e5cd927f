"""Writes the three StableHLO programs of the digits example, and trains with them once as a check.

The programs are resources of the example and are checked in: who only runs or changes the Java side needs neither
Python nor this script. To write them again, from the repository root:

    python3 -m venv /tmp/jax && /tmp/jax/bin/pip install jax==0.10.2
    /tmp/jax/bin/python examples/src/main/python/export_digits.py

The network has one hidden layer. Its state, a tree of named tuples, is flattened in order into the arguments and the
results of the programs, as nested Java records are:

    init(seed) -> state
    train_step(state, images, labels, learning_rate) -> (state, loss)       the state is donated
    predict(params, images) -> (labels, probabilities)

With the same jax the script writes the same bytes, wherever it runs.
"""

import csv
import gzip
from pathlib import Path
from typing import NamedTuple

import jax

jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp
import numpy as np
from jax import Array, ShapeDtypeStruct
from jaxlib.mlir import ir

PIXELS = 64
BRIGHTEST = 16
HIDDEN = 128
CLASSES = 10
BATCH = 64
MOMENTUM = 0.9
SMOOTHING = 0.1

EPOCHS = 30
FIRST_LEARNING_RATE = 0.3
SEEDS = range(20)
HOLD_BACK_EVERY = 5
REQUIRED_ACCURACY = 0.97

RESOURCES = Path(__file__).resolve().parents[1] / "resources/org/hlo4j/examples/digits"


class Params(NamedTuple):
    w1: Array
    b1: Array
    w2: Array
    b2: Array


class State(NamedTuple):
    params: Params
    momentum: Params


def init(seed: Array) -> State:
    """Weights after He, from JAX's own generator; biases and momentum start at zero."""
    key1, key2 = jax.random.split(jax.random.key(seed))
    he = jax.nn.initializers.he_uniform()
    # Each zero is written out where it stands: two outputs of one value may be one buffer, not to be donated twice.
    return State(
        Params(he(key1, (PIXELS, HIDDEN)), jnp.zeros(HIDDEN), he(key2, (HIDDEN, CLASSES)), jnp.zeros(CLASSES)),
        Params(jnp.zeros((PIXELS, HIDDEN)), jnp.zeros(HIDDEN), jnp.zeros((HIDDEN, CLASSES)), jnp.zeros(CLASSES)),
    )


def scores(params: Params, images: Array) -> Array:
    x = images.astype(jnp.float32) / BRIGHTEST
    hidden = jax.nn.relu(x @ params.w1 + params.b1)
    return hidden @ params.w2 + params.b2


def loss(params: Params, images: Array, labels: Array) -> Array:
    """The cross-entropy with smoothed labels, less what no network could get below: the best loss is 0."""
    expected = jax.nn.one_hot(labels, CLASSES) * (1 - SMOOTHING) + SMOOTHING / CLASSES
    log_probabilities = jax.nn.log_softmax(scores(params, images))
    return jnp.mean(jnp.sum(expected * (jnp.log(expected) - log_probabilities), axis=1))


def train_step(state: State, images: Array, labels: Array, learning_rate: Array) -> tuple[State, Array]:
    now, gradient = jax.value_and_grad(loss)(state.params, images, labels)
    momentum = jax.tree.map(lambda m, g: MOMENTUM * m + g, state.momentum, gradient)
    params = jax.tree.map(lambda p, m: p - learning_rate * m, state.params, momentum)
    return State(params, momentum), now


def predict(params: Params, images: Array) -> tuple[Array, Array]:
    probabilities = jax.nn.softmax(scores(params, images))
    return jax.lax.argmax(probabilities, axis=1, index_dtype=jnp.int32), probabilities


def read_digits() -> tuple[np.ndarray, np.ndarray]:
    with gzip.open(RESOURCES / "digits.csv.gz", "rt", encoding="ascii") as lines:
        rows = np.array([[int(value) for value in row] for row in csv.reader(lines)])
    return rows[:, :PIXELS].astype(np.uint8), rows[:, PIXELS].astype(np.int32)


def shape(dtype, *dimensions: int) -> ShapeDtypeStruct:
    return ShapeDtypeStruct(dimensions, dtype)


def lower(held_back: int) -> dict[str, jax.stages.Lowered]:
    seed = shape(jnp.int32)
    state = jax.eval_shape(init, seed)
    images, labels = shape(jnp.uint8, BATCH, PIXELS), shape(jnp.int32, BATCH)
    return {
        "init": jax.jit(init).lower(seed),
        "train_step": jax.jit(train_step, donate_argnums=0).lower(state, images, labels, shape(jnp.float32)),
        "predict": jax.jit(predict).lower(state.params, shape(jnp.uint8, held_back, PIXELS)),
    }


def text(lowered: jax.stages.Lowered) -> str:
    """The program as jax prints it, but the arguments of @main have the names they have here, such as %params.w1."""
    module = lowered.compiler_ir("stablehlo")
    unknown = ir.Location.unknown(module.context)

    def forget_names(operation: ir.Operation) -> ir.WalkResult:
        operation.location = unknown
        if operation.name != "func.func" or ir.StringAttr(operation.attributes["sym_name"]).value != "main":
            for argument in (a for region in operation.regions for block in region for a in block.arguments):
                argument.set_location(unknown)
        return ir.WalkResult.ADVANCE

    # A printer that goes by locations would call each operation's result %jit28train_step292Fmul and the like.
    module.operation.walk(forget_names)
    return module.operation.get_asm(use_name_loc_as_prefix=True)


def train(programs, images, labels, held_back, seed: int) -> tuple[float, float]:
    """Answers the last loss and the accuracy on the digits held back, as the Java program reaches them."""
    shuffler = np.random.default_rng(seed)
    state = programs["init"](np.int32(seed))
    train_images, train_labels = images[~held_back], labels[~held_back]
    steps_an_epoch = len(train_labels) // BATCH
    steps = EPOCHS * steps_an_epoch
    last = None
    for epoch in range(EPOCHS):
        order = shuffler.permutation(len(train_labels))
        for step in range(steps_an_epoch):
            batch = order[step * BATCH : (step + 1) * BATCH]
            done = epoch * steps_an_epoch + step
            learning_rate = np.float32(FIRST_LEARNING_RATE * (1 - done / steps))
            state, last = programs["train_step"](state, train_images[batch], train_labels[batch], learning_rate)
    predicted, _ = programs["predict"](state.params, images[held_back])
    return float(last), float(np.mean(np.asarray(predicted) == labels[held_back]))


def main() -> None:
    images, labels = read_digits()
    held_back = np.arange(len(labels)) % HOLD_BACK_EVERY == HOLD_BACK_EVERY - 1
    lowered = lower(int(held_back.sum()))
    programs = {name: program.compile() for name, program in lowered.items()}
    for name, program in lowered.items():
        (RESOURCES / f"{name}.mlir").write_text(text(program), encoding="utf-8", newline="\n")

    for seed in SEEDS:
        loss, accuracy = train(programs, images, labels, held_back, seed)
        print(f"seed {seed}: last loss {loss:.4f}, {accuracy:.2%} of {held_back.sum()} digits held back are right")
        if accuracy < REQUIRED_ACCURACY:
            raise SystemExit(f"seed {seed} stays below {REQUIRED_ACCURACY:.0%}")


if __name__ == "__main__":
    main()
