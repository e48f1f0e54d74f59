# Calls that Repoint can redirect: a C header, and the flags with which the linker keeps the relocation entries.
#
#     find_package(Repoint REQUIRED)      with -DRepoint_DIR=.../include/cmake; or include() this file
#     repoint_enable(app)
#
# docs/native-build.md gives the reason for each flag.

set(REPOINT_INCLUDE_DIR "${CMAKE_CURRENT_LIST_DIR}/..")

# repoint_enable(TARGET [POINTERS] [HIDDEN]): makes the calls of TARGET patchable in the linked file.
#
# POINTERS and HIDDEN define REPOINT_POINTERS and REPOINT_HIDDEN for TARGET and for all targets that link to it. A static
# or object library passes the linker flags to the executable or library that contains it.
function(repoint_enable target)
    cmake_parse_arguments(PARSE_ARGV 1 option "POINTERS;HIDDEN" "" "")
    if(option_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "repoint_enable(${target}): ${option_UNPARSED_ARGUMENTS} is neither POINTERS nor HIDDEN")
    endif()
    get_target_property(type "${target}" TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
        message(FATAL_ERROR "repoint_enable(${target}): an interface library has no code of its own")
    endif()

    target_include_directories("${target}" PUBLIC "$<BUILD_INTERFACE:${REPOINT_INCLUDE_DIR}>")
    target_compile_options("${target}" PRIVATE "$<$<COMPILE_LANGUAGE:C,CXX>:-ffunction-sections>")
    foreach(name POINTERS HIDDEN)
        if(option_${name})
            target_compile_definitions("${target}" PUBLIC "REPOINT_${name}")
        endif()
    endforeach()

    set(scope PRIVATE)
    if(type MATCHES "STATIC_LIBRARY|OBJECT_LIBRARY")
        set(scope INTERFACE)
    endif()
    target_link_options("${target}" ${scope} -ffunction-sections LINKER:--emit-relocs LINKER:--build-id)
    if(type MATCHES "SHARED_LIBRARY|MODULE_LIBRARY")
        target_link_options("${target}" PRIVATE LINKER:-Bsymbolic)
    endif()
endfunction()

# repoint_hook(TARGET HOOK DEFAULT): the linker makes the symbol HOOK a second name of the symbol DEFAULT. Use it for
# defaults in files that you cannot change. REPOINT_RECORD in a source file records the hook.
function(repoint_hook target hook default)
    target_link_options("${target}" PRIVATE "LINKER:--defsym,${hook}=${default}")
endfunction()
