rootProject.name = "checksum"
