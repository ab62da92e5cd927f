"""Writes files of jax.export: one platform, several, several devices, donated, and symbolic."""

import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"

import jax
import jax.numpy as jnp
import numpy as np
from jax import export, lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec

# Only the names of source files go into the programs.
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")

vector = jax.ShapeDtypeStruct((3,), jnp.float32)


def scale(params, x, unused):
    return {"y": params["w"] * x, "n": jnp.int32(7)}


def pick(x):
    return lax.platform_dependent(x, cpu=lambda x: x + 1, cuda=lambda x: x + 100)


def serialize(name, exported, **options):
    with open(name + ".jaxexport", "wb") as file:
        file.write(exported.serialize(**options))


serialize("scale", export.export(jax.jit(scale), platforms=["cpu"])({"w": vector}, vector, vector))
serialize("donated", export.export(jax.jit(lambda x: x + 1, donate_argnums=0), platforms=["cpu"])(vector))
several = export.export(jax.jit(pick), platforms=["cuda", "cpu"])(vector)
serialize("several", several)
with open("several.mlir", "w") as text:
    text.write(several.mlir_module())
with open("several.mlirbc", "wb") as bytecode:
    bytecode.write(several.mlir_module_serialized)
serialize(
    "several_donated",
    export.export(jax.jit(pick, donate_argnums=0), platforms=["cuda", "cpu"])(vector),
)
b = export.symbolic_shape("b")[0]
serialize("symbolic", export.export(jax.jit(lambda x: x + 1), platforms=["cpu"])(jax.ShapeDtypeStruct((b,), jnp.float32)))
mesh = Mesh(np.array(jax.devices()[:2]), ("i",))
spread = NamedSharding(mesh, PartitionSpec("i"))
serialize(
    "spread",
    export.export(jax.jit(lambda x: x * 2, in_shardings=spread, out_shardings=spread), platforms=["cpu"])(
        jax.ShapeDtypeStruct((4,), jnp.float32)
    ),
)
serialize("vjp", export.export(jax.jit(jnp.sin), platforms=["cpu"])(vector), vjp_order=1)
