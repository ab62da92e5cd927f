package org.hlo4j.tests.compile;

import com.google.common.io.ByteStreams;
import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.stub.Kernel;
import org.jspecify.annotations.Nullable;

/** Loads what a compilation has made, with its resources. */
public final class GeneratedClasses extends ClassLoader {
  private final Map<String, JavaFileObject> files = new HashMap<>();

  /** The classes of a compilation. */
  public GeneratedClasses(Compilation compilation) {
    super(GeneratedClasses.class.getClassLoader());
    for (JavaFileObject file : compilation.generatedFiles()) {
      files.put(file.getName().replaceFirst("^/?[A-Z]+_OUTPUT/", ""), file);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    JavaFileObject file = files.get(name.replace('.', '/') + ".class");
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = file.openInputStream()) {
      byte[] bytes = ByteStreams.toByteArray(in);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    JavaFileObject file = files.get(name);
    try {
      return file == null ? super.getResourceAsStream(name) : file.openInputStream();
    } catch (IOException e) {
      return super.getResourceAsStream(name); // looked for there, and not written
    }
  }

  /** What a generated class says of its kernels. */
  @SuppressWarnings("unchecked") // Generated code declares that type.
  public List<KernelMetadata> metadata(String type) throws ReflectiveOperationException {
    Object metadata = loadClass(type).getMethod("metadata").invoke(null);
    return (List<KernelMetadata>) metadata;
  }

  /** The program that a kernel in a constant of a generated class would hand to XLA. */
  public String programOf(String type, String constant) throws ReflectiveOperationException {
    Field field = loadClass(type).getDeclaredField(constant);
    field.setAccessible(true);
    Method program = Kernel.class.getDeclaredMethod("program");
    program.setAccessible(true);
    return ((Program) program.invoke(field.get(null))).text();
  }
}
