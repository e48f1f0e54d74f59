assert !new File(basedir, 'build.log').text.contains('toolchain')
def jar = new java.util.zip.ZipFile(new File(basedir, 'target/on-25-1.jar'))
assert jar.getEntry('module-info.class') != null
assert jar.getEntry('META-INF/repoint/table') != null
jar.close()

