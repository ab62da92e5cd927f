"""Exports solve and cholesky as JAX writes them for its own CPU client."""

import jax
import jax.numpy as jnp
from jax import export

# Only the names of source files go into the programs.
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")

matrix = jax.ShapeDtypeStruct((4, 4), jnp.float32)
vector = jax.ShapeDtypeStruct((4,), jnp.float32)


def write(name, exported):
    with open(name + ".mlir", "w") as text:
        text.write(exported.mlir_module())
    with open(name + ".mlirbc", "wb") as bytecode:
        bytecode.write(exported.mlir_module_serialized)


write("cholesky", export.export(jax.jit(jnp.linalg.cholesky), platforms=["cpu"])(matrix))
write("solve", export.export(jax.jit(jnp.linalg.solve), platforms=["cpu"])(matrix, vector))
