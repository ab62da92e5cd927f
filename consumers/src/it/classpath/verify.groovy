if (!new File(basedir, 'build.log').text.contains('forward: [14.0, 26.0]')) {
  throw new AssertionError('It did not say what it should; see build.log')
}
