"""Reads what Java wrote: each tensor holds 0, 1, 1, 0, 1, 1 as a 2x3 matrix."""

import pathlib
import sys

import ml_dtypes
import numpy as np
from safetensors import deserialize, safe_open

EXPECTED = np.array([[0, 1, 1], [0, 1, 1]])
SAFETENSORS = {
    "BOOL": np.bool_, "F4": ml_dtypes.float4_e2m1fn, "U8": np.uint8, "I8": np.int8,
    "F8_E5M2": ml_dtypes.float8_e5m2, "F8_E4M3": ml_dtypes.float8_e4m3fn,
    "F8_E8M0": ml_dtypes.float8_e8m0fnu, "F8_E4M3FNUZ": ml_dtypes.float8_e4m3fnuz,
    "F8_E5M2FNUZ": ml_dtypes.float8_e5m2fnuz, "I16": np.int16, "U16": np.uint16,
    "F16": np.float16, "BF16": ml_dtypes.bfloat16, "I32": np.int32, "U32": np.uint32,
    "F32": np.float32, "C64": np.complex64, "F64": np.float64, "I64": np.int64, "U64": np.uint64,
}


def check(where, name, array):
    if array.dtype.kind == "V":
        array = array.view(getattr(ml_dtypes, name))
    if name == "float8_e8m0fnu":
        expected = np.array([[0.5, 1, 1], [0.5, 1, 1]])
    else:
        expected = EXPECTED
    assert array.dtype.name == name, (where, name, array.dtype)
    assert (array.astype("c16") == expected).all(), (where, name, array)
    return 1


folder = pathlib.Path(sys.argv[1])
count = 0
for path in sorted(folder.glob("*.npy")):
    count += check(path, path.stem, np.load(path))
with np.load(folder / "all.npz") as archive:
    for name in archive.files:
        count += check("all.npz", name, archive[name])
for name, tensor in deserialize((folder / "all.safetensors").read_bytes()):
    data = np.frombuffer(tensor["data"], np.uint8)
    if tensor["dtype"] == "F4":
        data = np.stack([data & 15, data >> 4], -1).ravel()
    count += check("all.safetensors", name, data.view(SAFETENSORS[tensor["dtype"]]).reshape(tensor["shape"]))
with safe_open(folder / "all.safetensors", "np") as file:
    assert file.metadata() == {"größe": "klein"}, file.metadata()
    assert (file.get_tensor("float32") == EXPECTED).all()
print(f"{count} tensors are as they should be")
