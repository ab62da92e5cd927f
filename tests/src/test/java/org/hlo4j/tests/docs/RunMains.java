package org.hlo4j.tests.docs;

/** Runs programs one after the other, with a mark before what each prints. */
final class RunMains {
  static final String MARK = "\u0001";

  private RunMains() {}

  /** Takes the names of their classes. */
  public static void main(String[] names) throws Exception {
    for (String name : names) {
      System.out.print(MARK);
      var main = Class.forName(name).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
      System.out.flush();
    }
  }
}
