plugins {
    application
    id("dev.repoint") version "0.1.0"
}

repositories {
    mavenLocal() // for a version that is not published
    mavenCentral()
}

dependencies {
    implementation("dev.repoint:repoint-runtime:0.1.0")
}

application {
    mainClass = "com.acme.Checksum"
}

repoint {
    patchable = listOf("com.acme.Checksum.length")
    policy = listOf("com.acme.Checksum.of=com.acme.Checksum.length")
}
