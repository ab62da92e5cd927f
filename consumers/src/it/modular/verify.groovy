if (!new File(basedir, 'build.log').text.contains('module com.acme says [2, 4, 6]')) {
  throw new AssertionError('It did not say what it should; see build.log')
}
