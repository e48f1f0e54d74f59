# 0.x: versions with the same minor number fit together.
set(PACKAGE_VERSION "0.1.0")
if(PACKAGE_FIND_VERSION MATCHES "^0\\.1(\\.0)?$|^$")
    set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
endif()
