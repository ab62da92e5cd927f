package org.hlo4j.type;

/**
 * The supertype of all tensor types. A tensor type is a phantom type: an interface without
 * instances that extends the marker of its element type, such as {@link F32}, and is annotated with
 * {@link org.hlo4j.annotation.TensorType}. It lets javac distinguish tensors.
 *
 * <pre>{@code
 * @TensorType("tensor<100x100xf32>")
 * public interface Square extends F32 {}
 * }</pre>
 */
public sealed interface Element
    permits I1,
        I2,
        I4,
        I8,
        I16,
        I32,
        I64,
        U2,
        U4,
        U8,
        U16,
        U32,
        U64,
        F4E2M1FN,
        F8E3M4,
        F8E4M3,
        F8E4M3B11FNUZ,
        F8E4M3FN,
        F8E4M3FNUZ,
        F8E5M2,
        F8E5M2FNUZ,
        F8E8M0FNU,
        BF16,
        F16,
        F32,
        F64,
        C64,
        C128 {}
