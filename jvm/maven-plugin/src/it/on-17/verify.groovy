def log = new File(basedir, 'build.log').text
assert !log.contains('toolchain')
assert log.contains('Tests run: 1, Failures: 0')
assert new File(basedir, 'target/classes/META-INF/repoint/table').text.contains('patchable\tentry\tcom.acme.')
