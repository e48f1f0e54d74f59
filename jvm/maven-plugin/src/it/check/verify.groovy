def log = new File(basedir, 'build.log').readLines()
def expect = { String line -> assert log.any { it.contains(line) } : line }
expect('4 findings:')
expect('com.acme.Reader.read() cannot be woven: an abstract method has no body to patch; patch its calls (sites)')
expect("patchable 'com.acme.Reader.raed' matches nothing; did you mean com.acme.Reader.read()")
expect('policy com.acme.Reader.open=com.acme.Fast.open: there is no method com.acme.Fast.open in the classes')
expect('policy com.acme.Reader.close=nothing: its key matches no patchable')
assert !log.any { it.contains('cannot be woven: a constructor') }
