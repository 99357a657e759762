# Targets of the house. Each layer sees the headers of its own dependencies only: every layer's folder is linked
# into a private include root under the build folder, so an arrow that design forbids does not compile.

# trunkline_layer(<target> <include prefix> <folder> DEPS ...): a static library of the folder's *.cpp without tests.
function(trunkline_layer target prefix folder)
    cmake_parse_arguments(ARG "" "" "DEPS;EXCLUDE" ${ARGN})
    set(root ${CMAKE_BINARY_DIR}/layers/${target})
    get_filename_component(parent ${root}/${prefix} DIRECTORY)
    file(MAKE_DIRECTORY ${parent})
    file(CREATE_LINK ${folder} ${root}/${prefix} SYMBOLIC)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    foreach(pattern ${ARG_EXCLUDE})
        list(FILTER sources EXCLUDE REGEX ${pattern})
    endforeach()
    if(sources)
        add_library(${target} STATIC ${sources})
        target_include_directories(${target} PUBLIC ${root})
        target_link_libraries(${target} PUBLIC ${ARG_DEPS} Threads::Threads)
    else()
        add_library(${target} INTERFACE)
        target_include_directories(${target} INTERFACE ${root})
        target_link_libraries(${target} INTERFACE ${ARG_DEPS})
    endif()
endfunction()

# trunkline_tests(<target> LABELS ... FOLDERS ... DEPS ...): one Catch2 program of the folders' *_test.cpp.
function(trunkline_tests target)
    cmake_parse_arguments(ARG "" "" "LABELS;FOLDERS;DEPS" ${ARGN})
    if(NOT TRUNKLINE_TESTS)
        return()
    endif()
    set(sources)
    foreach(folder ${ARG_FOLDERS})
        file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*_test.cpp)
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources)
        return()
    endif()
    add_executable(${target} ${sources})
    target_link_libraries(${target} PRIVATE ${ARG_DEPS} testing_main)
    target_precompile_headers(${target} REUSE_FROM testing_main)
    # "[database]" tests start a PostgreSQL of their own; everything else needs nothing from the machine.
    add_test(NAME ${target} COMMAND ${target} "~[database]" "~[.]")
    set_tests_properties(${target} PROPERTIES LABELS "unit;${ARG_LABELS}" TIMEOUT 300)
    set(has_database FALSE)
    foreach(source ${sources})
        file(STRINGS ${source} tagged REGEX "\\[database\\]" LIMIT_COUNT 1)
        if(tagged)
            set(has_database TRUE)
        endif()
    endforeach()
    if(has_database)
        add_test(NAME ${target}_database COMMAND ${target} "[database]")
        set_tests_properties(${target}_database PROPERTIES LABELS "integration;${ARG_LABELS}" TIMEOUT 600)
    endif()
endfunction()

# trunkline_lib(<word> DEPS ...): libs/<word> with its tests beside the sources.
function(trunkline_lib word)
    cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
    trunkline_layer(${word} ${word} ${CMAKE_SOURCE_DIR}/libs/${word} DEPS ${ARG_DEPS})
    set(database)
    if(word MATCHES "^(bus|db|versions)$")
        set(database testing_database)
    endif()
    trunkline_tests(${word}_tests LABELS ${word} FOLDERS ${CMAKE_SOURCE_DIR}/libs/${word}
        DEPS ${word} testing ${database})
endfunction()

# trunkline_service(<word> DOMAIN ... APP ... ADAPTERS ...): the three layers, the migrations, the binary, the tests.
function(trunkline_service word)
    cmake_parse_arguments(ARG "" "" "DOMAIN;APP;ADAPTERS" ${ARGN})
    set(folder ${CMAKE_SOURCE_DIR}/services/${word})
    trunkline_layer(${word}_domain ${word}/domain ${folder}/domain DEPS result ids clock ${ARG_DOMAIN})
    trunkline_layer(${word}_app ${word}/app ${folder}/app DEPS ${word}_domain ${ARG_APP})
    trunkline_embed_migrations(${word})
    trunkline_layer(${word}_adapters ${word}/adapters ${folder}/adapters
        DEPS ${word}_app ${word}_migrations service rpc bus db log config metrics trunkline_proto ${ARG_ADAPTERS})
    if(TARGET ${word}_adapters)
        get_target_property(type ${word}_adapters TYPE)
        if(type STREQUAL "STATIC_LIBRARY")
            target_precompile_headers(${word}_adapters REUSE_FROM trunkline_pch)
        endif()
    endif()
    file(GLOB main CONFIGURE_DEPENDS ${folder}/*.cpp)
    if(main)
        add_executable(${word} ${main})
        target_include_directories(${word} PRIVATE ${CMAKE_BINARY_DIR}/layers/${word}_main)
        file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/layers/${word}_main)
        file(CREATE_LINK ${folder} ${CMAKE_BINARY_DIR}/layers/${word}_main/${word} SYMBOLIC)
        target_link_libraries(${word} PRIVATE ${word}_adapters)
        target_precompile_headers(${word} REUSE_FROM trunkline_pch)
    endif()
    trunkline_tests(${word}_tests LABELS ${word} FOLDERS ${folder}/domain ${folder}/app DEPS ${word}_app testing)
    trunkline_tests(${word}_adapter_tests LABELS ${word} FOLDERS ${folder}/adapters DEPS ${word}_adapters testing
        testing_database)
endfunction()

# Migrations are compiled into the binary, so a container needs no files beside it.
function(trunkline_embed_migrations word)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/services/${word}/migrations/*.sql)
    list(SORT files)
    set(entries "")
    foreach(file ${files})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        get_filename_component(name ${file} NAME_WE)
        file(READ ${file} text)
        string(APPEND entries "    {\"${name}\", R\"__sql__(${text})__sql__\"},\n")
    endforeach()
    set(root ${CMAKE_BINARY_DIR}/layers/${word}_migrations)
    file(MAKE_DIRECTORY ${root}/${word})
    file(CONFIGURE OUTPUT ${root}/${word}/migrations.hpp CONTENT
"// Generated from services/${word}/migrations.
#pragma once
#include \"db/migrations.hpp\"
namespace trunkline::${word} {
extern const trunkline::db::Migrations kMigrations;
}
" @ONLY)
    file(GENERATE OUTPUT ${root}/migrations.cpp CONTENT
"#include \"${word}/migrations.hpp\"
namespace trunkline::${word} {
const trunkline::db::Migrations kMigrations{
${entries}};
}
")
    add_library(${word}_migrations STATIC ${root}/migrations.cpp)
    target_include_directories(${word}_migrations PUBLIC ${root})
    target_link_libraries(${word}_migrations PUBLIC db)
endfunction()
