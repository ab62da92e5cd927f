def log = new File(basedir, 'build.log').text
def shown = log.contains('attempt   spread   centers')
// The best attempts have found where the points were put.
def found = log =~ /\( ?-?0\.\d, +-?0\.\d\)  \( ?[12]\.\d, +[56]\.\d\)  \( ?[45]\.\d, +[01]\.\d\)/
if (!shown || !found.find()) {
  throw new AssertionError('The table is not as it should be; see build.log')
}
