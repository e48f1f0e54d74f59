assert new File(basedir, 'core/target/classes/META-INF/repoint/table').exists()
assert !new File(basedir, 'other/target/classes/META-INF').exists()
def table = new File(basedir, 'app/target/classes/META-INF/repoint/table').text
assert table.contains('\tcom.acme.Base\tsize\t()I')
assert table.contains('patchable\tentry\tcom.acme.App\trun\t()I')
