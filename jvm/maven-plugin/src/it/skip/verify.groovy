def log = new File(basedir, 'build.log').text
assert log.count('[INFO] skipped') == 2
assert log.contains('1 of 1 class woven: 2 patchables, 1 site')
assert log.contains("patchable: key 'com..acme' has an empty part between dots; write com.acme.Crc.update")
