/** What a newcomer runs and copies. */
module org.hlo4j.examples {
  requires com.google.gson;
  requires java.desktop;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.jshell;
  requires org.hlo4j.data;
  requires org.hlo4j.runtime;
  requires static org.jspecify;

  // Weights come into its records by their components' names.
  opens org.hlo4j.examples.serve to
      org.hlo4j.data;
}
