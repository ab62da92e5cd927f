"""What a user would pick instead: the same programs in JAX.

Usage: jax_peer.py ROW CACHE. Prints one number: the median over batches of the time of one operation, in
microseconds; of `memory`, megabytes; of `overlap`, the sync loop's time over the async one's; of `first`, the result.
"""

import statistics
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

FLOATS = 16 << 20
PARAMETERS = 13107200
STEPS = 20
INPUTS = 500


def measure(operation, batches, operations, each=1):
    """Prints the median time of an operation. The first third of the batches is to get warm."""
    times = []
    for _ in range(batches // 3 + batches):
        start = time.perf_counter()
        for _ in range(operations):
            operation()
        times.append((time.perf_counter() - start) / operations / each * 1e6)
    print(statistics.median(times[batches // 3 :]))


def measure_each(prepare, operation, count):
    """The same where each operation needs something prepared, which is not timed."""
    times = []
    for _ in range(count // 3 + count):
        given = prepare()
        start = time.perf_counter()
        result = operation(given)
        times.append((time.perf_counter() - start) * 1e6)
        del given, result
    print(statistics.median(times[count // 3 :]))


def sum_of(inputs, batches, operations):
    def add(*args):
        total = args[0]
        for arg in args[1:]:
            total = total + arg
        return total

    compiled = jax.jit(add)
    args = [jax.device_put(np.array([1, 2, 3, 4], np.float32)) for _ in range(inputs)]
    compiled(*args).block_until_ready()
    if inputs == 2:
        x, y = args
        measure(lambda: compiled(x, y), batches, operations)
    else:
        measure(lambda: compiled(*args), batches, operations)


def floats(offset):
    """64 MB that begin so many bytes after a multiple of 64."""
    memory = np.empty(FLOATS * 4 + 128, np.uint8)
    start = -memory.ctypes.data % 64 + offset
    data = memory[start : start + FLOATS * 4].view(np.float32)
    data[:] = np.arange(FLOATS) % 7
    return data


def share():
    data = floats(0)
    if jax.device_put(data).unsafe_buffer_pointer() != data.ctypes.data:
        sys.exit("JAX has copied aligned memory")
    measure(lambda: jax.device_put(data).block_until_ready(), 1000, 10)


def array_in():
    # Where NumPy's own memory begins.
    data = floats(16)
    measure(lambda: jax.device_put(data).block_until_ready(), 30, 1)


def fresh():
    """A function that answers a new array, which no copy on the host is known of."""
    data = jax.device_put(floats(0))
    negate = jax.jit(jnp.negative)
    return lambda: negate(data).block_until_ready()


def array_out():
    target = floats(16)
    measure_each(fresh(), lambda x: np.copyto(target, np.asarray(x)), 30)


def new_array_out():
    measure_each(fresh(), np.array, 30)


def view():
    measure_each(fresh(), np.asarray, 30)


def training():
    step = jax.jit(lambda w: w - 0.01 * (w - 1), donate_argnums=0)
    state = {"w": step(jax.device_put(np.ones(PARAMETERS, np.float32)))}

    def train():
        w = state["w"]
        for _ in range(STEPS):
            w = step(w)
        state["w"] = w.block_until_ready()

    return train


def status(name):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def memory():
    train = training()
    train()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as clear:
        clear.write("5")
    before = status("VmRSS:")
    train()
    print(status("VmHWM:") - before)


def first():
    @jax.jit
    def dense(x, w):
        return jnp.sum(jnp.tanh(x @ w))

    x = np.full((256, 256), 0.01, np.float32)
    print(float(dense(x, x)))


def overlap():
    square = jax.jit(lambda x: x @ x)
    data = np.random.default_rng(7).random((1000, 1000), np.float32)

    def prepared():
        time.sleep(0.02)
        return data

    def loop(wait):
        start = time.perf_counter()
        for _ in range(5):
            result = square(jax.device_put(prepared()))
            if wait:
                result.block_until_ready()
        np.asarray(result)
        return time.perf_counter() - start

    loop(True), loop(False)
    print(statistics.median(loop(True) / loop(False) for _ in range(7)))


def main():
    row, cache = sys.argv[1:]
    if row == "first" and cache != "off":
        jax.config.update("jax_compilation_cache_dir", cache)
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    rows = {
        "add": lambda: sum_of(2, 1000, 100),
        "inputs": lambda: sum_of(INPUTS, 1000, 2),
        "share": share,
        "in": array_in,
        "out": array_out,
        "new": new_array_out,
        "view": view,
        "training": lambda: measure(training(), 20, 1, STEPS),
        "memory": memory,
        "first": first,
        "overlap": overlap,
    }
    rows[row]()


if __name__ == "__main__":
    main()
