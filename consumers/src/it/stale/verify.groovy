List<String> lines = new File(basedir, 'build.log').readLines()
List<String> told = lines
    .findAll { it.contains('has changed since') || it.startsWith('minus: ') || it.startsWith('twice: ') }
    .collect { it.replaceFirst('^\\[INFO\\] ', '') }
String refused = ': minus.mlir has changed since com.acme.MinusKernels was generated, so com.acme.Minus.'
List<String> expected = [
    'minus: [6.0, 7.0]', 'twice: [5.0, 5.0]',
    'minus: [6.0, 7.0]', 'twice: [5.0, 5.0]',
    'com/acme/minus.mlir has changed since com.acme.MinusKernels was generated: recompiling',
    'com/acme/scale.mlir has changed since com.acme.ScaleKernels was generated: recompiling',
    'minus: [-6.0, -7.0]', 'twice: [7.0, 9.0]',
    'com/acme/scale.mlir has changed since com.acme.ScaleKernels was generated: recompiling',
    'minus' + refused + 'minus would', 'twice' + refused + 'twice would',
]
if (told.size() != expected.size() || ![told, expected].transpose().every { it[0].startsWith(it[1]) }) {
  throw new AssertionError('It said ' + told.join('\n') + '\nand not ' + expected.join('\n'))
}
