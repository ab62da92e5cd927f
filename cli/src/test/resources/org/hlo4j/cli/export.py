"""Exports step.mlir, step.mlirbc and lowered.mlir: a training step with nested containers.

Run in this folder with jax 0.10.2.
"""

import dataclasses
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import export

# Locations name this file without its folder.
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")


class State(NamedTuple):
    mean: jax.Array
    var: jax.Array


@jax.tree_util.register_dataclass
@dataclasses.dataclass
class Optimizer:
    mu: jax.Array
    count: jax.Array


def step(params, optimizer, state, batch, rate=0.1):
    x, y = batch

    def loss(p):
        return jnp.mean((x @ p["layer1"]["w"] + p["layer1"]["b"] - y) ** 2)

    value, gradients = jax.value_and_grad(loss)(params)
    changed = jax.tree.map(lambda p, g: p - rate * g, params, gradients)
    report = {"loss": value, "state": State(state.mean + 1, state.var)}
    return changed, report, Optimizer(optimizer.mu * 2, optimizer.count + 1), (x + 1, [y, y * 2])


arguments = (
    {"layer1": {"w": jnp.ones((4, 3)), "b": jnp.ones(3)}, "class": jnp.ones(2)},
    Optimizer(jnp.ones(3), jnp.int32(1)),
    State(jnp.ones(3), jnp.ones(3)),
    (jnp.ones((8, 4)), jnp.ones((8, 3))),
)
jitted = jax.jit(step, donate_argnums=(0,))
exported = export.export(jitted)(*arguments)
with open("step.mlir", "w") as file:
    file.write(exported.mlir_module())
with open("step.mlirbc", "wb") as file:
    file.write(exported.mlir_module_serialized)
with open("lowered.mlir", "w") as file:
    file.write(jitted.lower(*arguments).as_text())
