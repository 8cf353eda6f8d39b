# SPDX-License-Identifier: GPL-2.0-only

# Build as contrib/l2tp inside ns-3's source tree: what ns-3's build_lib() has no argument for.

# Directories go by include_directories(), since build_lib() compiles the module's sources in an
# object library, which inherits none from the libraries that the module links.
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(GCRYPT QUIET libgcrypt)
endif()
if(NOT GCRYPT_FOUND)
  message(FATAL_ERROR "l2tp needs libgcrypt (Debian: libgcrypt20-dev and pkg-config)")
endif()
find_package(Boost QUIET)
if(NOT Boost_FOUND)
  message(FATAL_ERROR "l2tp needs Boost's headers (Debian: libboost-dev)")
endif()
find_package(nlohmann_json QUIET)
if(NOT nlohmann_json_FOUND)
  message(FATAL_ERROR "l2tp needs JSON for Modern C++ (Debian: nlohmann-json3-dev)")
endif()
get_target_property(l2tp_json_includes nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
include_directories(SYSTEM ${GCRYPT_INCLUDE_DIRS} ${Boost_INCLUDE_DIRS} ${l2tp_json_includes})
set(l2tp_third_party ${GCRYPT_LINK_LIBRARIES})

set_source_files_properties(
  helper/l2tp-run-summary.cc PROPERTIES COMPILE_DEFINITIONS L2TP_NS3_VERSION="${NS3_VER}"
)

# The GoogleTest tests, and the ns-3 TestSuite that runs them.
find_package(GTest QUIET)
if(GTest_FOUND)
  set(l2tp_in_tree_test_sources test/l2tp-test-suite.cc ${l2tp_test_sources})
else()
  set(l2tp_in_tree_test_sources)
  if(ENABLE_TESTS)
    message(WARNING "l2tp's tests are left out: they need GoogleTest (Debian: libgtest-dev)")
  endif()
endif()

# build_lib() names the target of the tests in the variable testl2tp. There is none if tests are
# switched off or filtered out.
function(l2tp_link_in_tree_tests)
  if(GTest_FOUND AND TARGET "${testl2tp}")
    set_source_files_properties(
      test/source-file.cc PROPERTIES COMPILE_DEFINITIONS
                                     L2TP_SOURCE_DIR="${CMAKE_CURRENT_SOURCE_DIR}"
    )
    target_include_directories(${testl2tp} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/test)
    target_link_libraries(${testl2tp} GTest::gtest)
  endif()
endfunction()
