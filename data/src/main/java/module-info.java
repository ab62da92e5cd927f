/** Tensors in files: NumPy's .npy and .npz, safetensors, images; and weights as records. */
module org.hlo4j.data {
  requires com.google.gson;
  // Users of images require it anyway; users of weights need not have it.
  requires static transitive java.desktop;
  requires transitive org.hlo4j.runtime;
  requires static transitive org.jspecify;

  exports org.hlo4j.data;
}
