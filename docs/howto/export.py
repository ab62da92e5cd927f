"""Exports a training step and a prediction, as text and as portable bytecode. Run in an empty folder, with jax 0.10.2."""

import jax
import jax.numpy as jnp
from jax import export

# Optional: the file's folder stays out of the program's locations.
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")


def predict(params, images):
    hidden = jax.nn.relu(images @ params["layer1"]["w"] + params["layer1"]["b"])
    return hidden @ params["layer2"]["w"] + params["layer2"]["b"]


def train(params, images, labels, rate):
    def loss(params):
        scores = jax.nn.log_softmax(predict(params, images))
        return -jnp.mean(jnp.take_along_axis(scores, labels[:, None], axis=1))

    value, slope = jax.value_and_grad(loss)(params)
    return {"loss": value, "params": jax.tree.map(lambda p, s: p - rate * s, params, slope)}


def f32(*shape):
    return jax.ShapeDtypeStruct(shape, jnp.float32)


params = {
    "layer1": {"b": f32(32), "w": f32(64, 32)},
    "layer2": {"b": f32(10), "w": f32(32, 10)},
}
images = f32(16, 64)
labels = jax.ShapeDtypeStruct((16,), jnp.int32)

training = export.export(jax.jit(train, donate_argnums=0))(params, images, labels, f32())
prediction = export.export(jax.jit(predict))(params, images)

with open("train.mlir", "w") as file:
    file.write(training.mlir_module())
with open("predict.mlirbc", "wb") as file:
    file.write(prediction.mlir_module_serialized)
