/** What a newcomer runs and copies. */
module org.hlo4j.examples {
  requires java.desktop;
  requires org.hlo4j.runtime;
  requires static org.jspecify;
}
