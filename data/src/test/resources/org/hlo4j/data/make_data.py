"""Writes files as Python's users write them, and what is in them."""

import json
import pathlib

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

FOLDER = pathlib.Path(__file__).parent / "python"
LINES = []

STABLEHLO = {
    "bool": "i1", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint8": "ui8", "uint16": "ui16", "uint32": "ui32", "uint64": "ui64",
    "float16": "f16", "float32": "f32", "float64": "f64", "bfloat16": "bf16",
    "complex64": "complex<f32>", "complex128": "complex<f64>",
    "float8_e3m4": "f8E3M4", "float8_e4m3": "f8E4M3", "float8_e4m3fn": "f8E4M3FN",
    "float8_e4m3fnuz": "f8E4M3FNUZ", "float8_e4m3b11fnuz": "f8E4M3B11FNUZ",
    "float8_e5m2": "f8E5M2", "float8_e5m2fnuz": "f8E5M2FNUZ", "float8_e8m0fnu": "f8E8M0FNU",
    "float4_e2m1fn": "f4E2M1FN", "int2": "i2", "int4": "i4", "uint2": "ui2", "uint4": "ui4",
}
NARROW = [name for name in STABLEHLO if hasattr(ml_dtypes, name)]
SAFETENSORS = {
    "bfloat16": "BF16", "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2",
    "float8_e8m0fnu": "F8_E8M0", "float8_e4m3fnuz": "F8_E4M3FNUZ", "float8_e5m2fnuz": "F8_E5M2FNUZ",
}


def expect(file, name, array):
    little = np.ascontiguousarray(array)
    if little.dtype.byteorder == ">":
        little = little.astype(little.dtype.newbyteorder("<"))
    dims = "".join(f"{size}x" for size in array.shape)
    kind = STABLEHLO[array.dtype.newbyteorder("=").name]
    LINES.append(f"{file}\t{name}\tread\ttensor<{dims}{kind}>\t{little.tobytes().hex()}")


def unreadable(file, name):
    LINES.append(f"{file}\t{name}\tlisted\t\t")


def numbers(name, shape=(2, 3)):
    count = int(np.prod(shape))
    if name == "bool":
        return (np.arange(count) % 2 == 0).reshape(shape)
    if name in NARROW:
        values = [0, 1, 1, 0, 1, 1] if "int" in name else [0, 1, 1, 2, 0.5, 1]
        return np.array(values).astype(getattr(ml_dtypes, name)).reshape(shape)
    array = np.arange(1, count + 1).astype(name).reshape(shape)
    if array.dtype.kind in "if":
        array[0, 0] = -3
    return array * (1 - 2j) if array.dtype.kind == "c" else array


def npy(file, array, version=None):
    path = FOLDER / f"{file}.npy"
    with open(path, "wb") as out:
        np.lib.format.write_array(out, array, version)
    return path.name


def plain_arrays():
    for name in STABLEHLO:
        array = numbers(name)
        expect(npy(name, array), name, array)
    signed = np.array([-8, 7, -1, 0], ml_dtypes.int4)
    expect(npy("signed_int4", signed), "signed_int4", signed)
    for name in ["int16", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128"]:
        array = numbers(name).astype(np.dtype(name).newbyteorder(">"))
        expect(npy(f"big_{name}", array), f"big_{name}", array)


def shapes():
    for name, array in {
        "fortran": np.asfortranarray(np.arange(24, dtype="f4").reshape(2, 3, 4)),
        "fortran_big": np.asfortranarray(np.arange(6, dtype=">i2").reshape(3, 2)),
        "scalar": np.array(7, "f4"),
        "empty": np.zeros((0, 3), "f4"),
        "vector": np.arange(5, dtype="i8"),
    }.items():
        expect(npy(name, array), name, array)
    array = numbers("float32")
    expect(npy("version2", array, (2, 0)), "version2", array)
    expect(npy("version3", array, (3, 0)), "version3", array)


def others():
    unreadable(npy("text", np.array(["a", "bc"])), "text")
    unreadable(npy("dates", np.array(["2026-01-01"], "M8[D]")), "dates")
    unreadable(npy("fields", np.zeros(2, [("x", "f4"), ("y", "i4", (2,))])), "fields")
    objects = np.empty(1, object)
    objects[0] = {"never": "unpickled"}
    unreadable(npy("objects", objects), "objects")


def archives():
    arrays = {
        "params/w1": numbers("float32"),
        "params/b1": np.arange(3, dtype=">f8"),
        "größe": np.asfortranarray(numbers("int32")),
        "half": numbers("bfloat16"),
        "large": np.tile(np.arange(100, dtype="u4"), 400).reshape(400, 100),
    }
    np.savez(FOLDER / "stored.npz", **arrays)
    np.savez_compressed(FOLDER / "deflated.npz", **arrays)
    np.savez(FOLDER / "none.npz")
    for file in ["stored.npz", "deflated.npz"]:
        for name, array in arrays.items():
            if name != "large":
                expect(file, name, array)


def safetensors():
    plain = {
        name: numbers(name)
        for name in STABLEHLO
        if name not in NARROW and name not in ("complex128",)
    }
    plain["scalar"] = np.array(7, "f4")
    plain["empty"] = np.zeros((0, 3), "f4")
    save_file(plain, FOLDER / "plain.safetensors", {"made by": "make_data.py", "größe": "klein"})
    for name, array in plain.items():
        expect("plain.safetensors", name, array)
    raw = {}
    for name, code in SAFETENSORS.items():
        array = numbers(name)
        raw[name] = {"dtype": code, "shape": array.shape, "data": array.tobytes()}
        expect("narrow.safetensors", name, array)
    four = np.arange(6, dtype="u1").view(ml_dtypes.float4_e2m1fn).reshape(2, 3)
    bits = four.view("u1").ravel()
    raw["float4"] = {"dtype": "F4", "shape": [2, 3], "data": bytes(bits[0::2] | bits[1::2] << 4)}
    expect("narrow.safetensors", "float4", four)
    raw["six"] = {"dtype": "F6_E2M3", "shape": [4], "data": bytes(3)}
    unreadable("narrow.safetensors", "six")
    file = FOLDER / "narrow.safetensors"
    # The package itself would want packed shapes for types of less than a byte.
    header, data = {}, b""
    for name, tensor in raw.items():
        begin = len(data)
        data += tensor["data"]
        header[name] = {"dtype": tensor["dtype"], "shape": list(tensor["shape"]), "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(len(text).to_bytes(8, "little") + text + data)


FOLDER.mkdir(exist_ok=True)
plain_arrays()
shapes()
others()
archives()
safetensors()
(FOLDER / "expected.tsv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
