def log = new File(basedir, 'build.log').text
assert log =~ /weaving needs a JDK 25 or later; found only Maven's own JDK \(\d+, .*java\)/
assert log.contains('select one with maven-toolchains-plugin (goal select-jdk-toolchain, version [25,)), name one with the')
