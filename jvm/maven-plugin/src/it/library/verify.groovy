def table = new File(basedir, 'target/classes/META-INF/repoint/table').text
assert table.contains('patchable\tentry\tcom.acme.Names\tof')
assert table.contains('\torg.apache.commons.codec.binary.Hex\tencodeHexString\t([B)Ljava/lang/String;')
assert table.contains('\tjava.time.Clock\tsystemUTC')
assert !table.contains('com.acme.Left')
