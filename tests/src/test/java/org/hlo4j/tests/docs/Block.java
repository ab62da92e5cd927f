package org.hlo4j.tests.docs;

/**
 * A block of code on a page.
 *
 * @param language what stands behind the fence; empty if nothing does
 * @param text its lines
 * @param directive what the comment right before it says, without the marks; empty if there is none
 * @param line where it begins on the page, counted from 1
 */
record Block(String language, String text, String directive, int line) {
  /** What stands behind a word that the directive begins with. */
  String said(String word) {
    return directive.substring(word.length()).strip();
  }

  /** Whether the directive begins with a word. */
  boolean says(String word) {
    return directive.startsWith(word);
  }

  /** Whether it is a whole Java file. */
  boolean isWholeFile() {
    return language.equals("java") && text.startsWith("package ");
  }
}
