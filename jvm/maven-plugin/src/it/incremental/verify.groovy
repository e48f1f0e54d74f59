def lines = new File(basedir, 'build.log').readLines().findAll { it.contains(' woven: ') }
assert lines[0].endsWith('2 of 2 classes woven: 2 patchables, 1 site')
assert lines[1].endsWith('2 of 2 classes woven: 2 patchables, 1 site; all up to date')
assert lines[2].endsWith('2 of 2 classes woven: 2 patchables, 1 site')
assert lines[3].endsWith('2 of 2 classes woven: 2 patchables, 1 site') // check
assert lines[4].endsWith('1 of 2 classes woven: 1 patchable, 0 sites')

def table = new File(basedir, 'target/classes/META-INF/repoint/table').text
assert table.contains('com.acme.Kept')
assert !table.contains('com.acme.Gone')
assert !table.contains('com.acme.Crc')
def original = new File(basedir, 'target/repoint/classes/original/com/acme')
assert original.list() as List == ['Kept.class']
