/** Tensors in files: NumPy's .npy and .npz, safetensors, images; and weights as records. */
module org.hlo4j.data {
  requires com.google.gson;
  // Who has an image requires it anyhow; who wants only weights goes without it.
  requires static transitive java.desktop;
  requires transitive org.hlo4j.runtime;
  requires static transitive org.jspecify;

  exports org.hlo4j.data;
}
