assert new File(basedir, 'target/test-classes/META-INF/repoint/table').exists()
assert new File(basedir, 'target/repoint/test-classes/original/com/acme/FakeTest.class').exists()
