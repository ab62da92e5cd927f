package org.hlo4j.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.hlo4j.processor.write.Sources;

/** Hands what is generated to javac. */
record SourceOutput(Filer filer) {
  /** Writes all files of an interface, which they originate from. */
  void write(Sources sources, TypeElement origin) throws IOException {
    for (Sources.SourceFile file : sources.files()) {
      try (Writer writer = filer.createSourceFile(file.name(), origin).openWriter()) {
        writer.write(file.text());
      }
    }
    for (Sources.Resource resource : sources.resources()) {
      // Not by a writer, which would have the encoding of the user's sources.
      try (OutputStream out =
          filer
              .createResource(
                  StandardLocation.CLASS_OUTPUT, sources.packageName(), resource.name(), origin)
              .openOutputStream()) {
        out.write(resource.content());
      }
    }
  }
}
