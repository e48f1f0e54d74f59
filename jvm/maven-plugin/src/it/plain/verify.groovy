def classes = new File(basedir, 'target/classes')
def table = new File(classes, 'META-INF/repoint/table').text
assert table.contains('patchable\tentry\tcom.acme.Crc\tupdate\t(I[B)I')
assert table.contains('site\tinvokestatic\tcom.acme.Crc\ttwice\t([B)I\t15')

def report = new File(basedir, 'target/repoint/report.txt').readLines()
assert report == [
    'entry com.acme.Crc.update(int,byte[])',
    'site com.acme.Crc.update(int,byte[]) invokestatic in com.acme.Crc.twice(byte[]) line 15'
]
def json = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/repoint/report.json'))
assert json.files[0].patchables[0].key == 'com.acme.Crc.update(int,byte[])'
assert json.files[0].patchables[0].sites[0].line == 15

def log = new File(basedir, 'build.log').text
assert log.contains('1 of 1 class woven: 1 patchable, 1 site')
assert log.contains('Tests run: 1, Failures: 0')
