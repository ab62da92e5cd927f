"""Trains a small network on digits.csv.gz, and exports it: its programs, and its weights.

    pip install -r requirements.txt
    python train.py
"""

import gzip
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import save_file

# The programs name their inputs, and not the lines of this file.
jax.config.update("jax_traceback_in_locations_limit", 0)

FOLDER = pathlib.Path(__file__).parent
SIZES = (64, 224, 224, 10)
STEPS = 1500


def load():
    with gzip.open(FOLDER.parent / "digits" / "digits.csv.gz") as file:
        rows = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    held_back = np.arange(len(rows)) % 5 == 4
    return rows[~held_back], rows[held_back]


def logits(params, images):
    x = images.astype(jnp.float32) / 16
    x = jax.nn.relu(x @ params["w1"] + params["b1"])
    x = jax.nn.relu(x @ params["w2"] + params["b2"])
    return x @ params["w3"] + params["b3"]


def classify(params, images):
    """What each image shows, and how likely each digit is."""
    scores = logits(params, images)
    return {"digits": jnp.argmax(scores, -1).astype(jnp.int32), "probabilities": jax.nn.softmax(scores)}


def init(key):
    params = {}
    for layer in (1, 2, 3):
        key, part = jax.random.split(key)
        shape = (SIZES[layer - 1], SIZES[layer])
        params[f"w{layer}"] = jax.random.normal(part, shape) * (2 / shape[0]) ** 0.5
        params[f"b{layer}"] = jnp.zeros(shape[1])
    return params


@jax.jit
def step(params, momentum, images, labels, rate):
    def loss(params):
        smooth = 0.9 * jax.nn.one_hot(labels, 10) + 0.01
        decay = sum(jnp.sum(params[f"w{layer}"] ** 2) for layer in (1, 2, 3))
        return -jnp.mean(jnp.sum(smooth * jax.nn.log_softmax(logits(params, images)), -1)) + 1e-4 * decay

    gradient = jax.grad(loss)(params)
    momentum = jax.tree.map(lambda m, g: 0.9 * m + g, momentum, gradient)
    return jax.tree.map(lambda p, m: p - rate * m, params, momentum), momentum


def train(rows):
    params = init(jax.random.key(0))
    momentum = jax.tree.map(jnp.zeros_like, params)
    generator = np.random.default_rng(0)
    for number in range(STEPS):
        batch = rows[generator.choice(len(rows), 64, replace=False)]
        rate = 0.05 * (1 - number / STEPS)
        params, momentum = step(params, momentum, batch[:, :64], batch[:, 64], rate)
    return params


def export(name, params, batch):
    images = jax.ShapeDtypeStruct((batch, 64), jnp.uint8)
    exported = jax.export.export(jax.jit(classify), platforms=["cpu"])(params, images)
    (FOLDER / name).write_text(exported.mlir_module())


training, held_back = load()
params = train(training)
right = classify(params, held_back[:, :64])["digits"] == held_back[:, 64]
print(f"{int(right.sum())} of {len(held_back)} held-back digits are read right")
save_file({name: np.asarray(array) for name, array in params.items()}, FOLDER / "params.safetensors")
export("classify.mlir", params, 32)
export("classify_one.mlir", params, 1)
