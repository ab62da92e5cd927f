package org.hlo4j.plugin;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.PluginException;

/** Records the places searched, for the message if nothing is found. */
final class SearchReport {
  private final List<String> places = new ArrayList<>();
  private String advice = "";

  void add(String place, String finding) {
    places.add(place + ": " + finding);
  }

  void advise(String... actions) {
    advice = Advice.oneOf(actions);
  }

  PluginException nothingFound() {
    return new PluginException(
        "No PJRT plugin was found. Searched:\n  - "
            + String.join("\n  - ", places)
            + "\n"
            + advice);
  }
}
