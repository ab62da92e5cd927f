/** A module of a user's. */
module com.acme {
  requires org.hlo4j.runtime;
}
