package org.hlo4j.processor.model;

import java.util.Optional;
import org.hlo4j.processor.message.Place;

/**
 * A parameter of a kernel.
 *
 * @param donated whether its buffers are donated to the call
 * @param donatedTo the component of the result that reuses them, if the user specifies it
 */
public record Parameter(
    String name, Structure structure, boolean donated, Optional<String> donatedTo, Place place) {

  /** Returns the component of the result that reuses a tensor of this parameter. */
  public String componentFor(Structure.Leaf leaf) {
    return donatedTo.orElse("") + leaf.path().substring(name.length());
  }
}
