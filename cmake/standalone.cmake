# Build against an ns-3 that is installed on the system (Debian: libns3-dev), found by pkg-config,
# whose names are the same in every ns-3 version.

find_package(PkgConfig REQUIRED)
pkg_check_modules(NS3 REQUIRED ns3-core ns3-network ns3-internet)

# The C++ that ns-3's own headers need.
if(NS3_ns3-core_VERSION VERSION_GREATER_EQUAL 3.46)
  set(l2tp_standard 23)
elseif(NS3_ns3-core_VERSION VERSION_GREATER_EQUAL 3.41)
  set(l2tp_standard 20)
else()
  set(l2tp_standard 17)
endif()
set(CMAKE_CXX_STANDARD
    ${l2tp_standard}
    CACHE STRING "C++ standard; ns-3.41 and later need 20, ns-3.46 and later 23"
)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE
      RelWithDebInfo
      CACHE STRING "Kind of build" FORCE
  )
endif()
# Line numbers for backtraces and profiles, but no variables, compile a quarter faster.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

pkg_check_modules(
  NS3_SCENARIO
  REQUIRED
  ns3-point-to-point
  ns3-csma
  ns3-applications
  ns3-internet-apps
  ns3-virtual-net-device
)
pkg_check_modules(NS3_FLOW_MONITOR REQUIRED ns3-flow-monitor)
pkg_check_modules(NS3_NETANIM ns3-netanim)
pkg_check_modules(NS3_FD_NET_DEVICE ns3-fd-net-device)
pkg_check_modules(GCRYPT REQUIRED libgcrypt)
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW) # Boost is found by its own CMake package
endif()
find_package(Boost REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark)

add_compile_options(-Wall -Wextra)
# Debian's ns-3 libraries have logging and asserts compiled in; so has this module.
add_compile_definitions(NS3_LOG_ENABLE NS3_ASSERT_ENABLE)

# ns-3 installs headers flattened into ns3/. The same is done here, by one-line stubs. Their paths
# are relative, so that a compiler cache knows them again in another checkout.
set(l2tp_include ${CMAKE_BINARY_DIR}/include)
foreach(header ${l2tp_headers})
  get_filename_component(name ${header} NAME)
  set(stub ${l2tp_include}/ns3/${name})
  file(RELATIVE_PATH target ${l2tp_include}/ns3 ${CMAKE_SOURCE_DIR}/${header})
  set(content "#include \"${target}\"\n")
  if(EXISTS ${stub})
    file(READ ${stub} present)
  else()
    set(present "")
  endif()
  if(NOT present STREQUAL content)
    file(WRITE ${stub} "${content}")
  endif()
endforeach()

include(cmake/report.cmake)
add_library(l2tp SHARED ${l2tp_sources} ${l2tp_report_page})
target_include_directories(
  l2tp PUBLIC $<BUILD_INTERFACE:${l2tp_include}> $<BUILD_INTERFACE:${Boost_INCLUDE_DIRS}>
)
target_link_libraries(l2tp PUBLIC ${NS3_LIBRARIES} PRIVATE ${GCRYPT_LIBRARIES})
set_target_properties(l2tp PROPERTIES OUTPUT_NAME ns3-l2tp)
set_source_files_properties(
  helper/l2tp-run-summary.cc PROPERTIES COMPILE_DEFINITIONS
                                        L2TP_NS3_VERSION="${NS3_ns3-core_VERSION}"
)

include(cmake/install.cmake)

enable_testing()
include(GoogleTest)
add_executable(l2tp-tests test/main.cc test/fatal-error-log.cc ${l2tp_test_sources})
set_source_files_properties(
  test/source-file.cc PROPERTIES COMPILE_DEFINITIONS L2TP_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
)
target_include_directories(l2tp-tests PRIVATE ${CMAKE_SOURCE_DIR}/test)
target_link_libraries(l2tp-tests PRIVATE l2tp GTest::gtest)
# What a test does is done in the library, which is optimised: compile the test itself twice as fast.
target_compile_options(l2tp-tests PRIVATE -O0 -g1)
# Each test by itself, for whoever looks for one; and all of them in a few processes, which takes a third
# of the time (./l2tp test).
gtest_discover_tests(l2tp-tests DISCOVERY_MODE PRE_TEST PROPERTIES LABELS single)
foreach(shard RANGE 7)
  add_test(NAME l2tp-tests.${shard} COMMAND l2tp-tests --gtest_brief=1)
  set_tests_properties(
    l2tp-tests.${shard} PROPERTIES ENVIRONMENT "GTEST_TOTAL_SHARDS=8;GTEST_SHARD_INDEX=${shard}"
                                   LABELS shard
  )
endforeach()

# Many runs with random faults: ./l2tp swarm.
set(l2tp_fault_sources ${l2tp_test_sources})
list(FILTER l2tp_fault_sources INCLUDE REGEX "^test/faults/.*")
list(FILTER l2tp_fault_sources EXCLUDE REGEX "-test\\.cc$")
add_executable(l2tp-swarm test/faults/l2tp-swarm.cc ${l2tp_fault_sources})
target_include_directories(l2tp-swarm PRIVATE ${CMAKE_SOURCE_DIR}/test)
target_link_libraries(l2tp-swarm PRIVATE l2tp)

# What floods and very many calls cost: ./l2tp check flood, ./l2tp check soak.
add_executable(
  l2tp-endurance test/faults/l2tp-endurance.cc test/faults/l2tp-fault-applications.cc
                 test/faults/l2tp-fault-plan.cc
)
target_include_directories(l2tp-endurance PRIVATE ${CMAKE_SOURCE_DIR}/test)
target_link_libraries(l2tp-endurance PRIVATE l2tp)
add_test(NAME faults.flood COMMAND l2tp-endurance --flood=20000 --max-half-open=1000)
add_test(NAME faults.soak COMMAND l2tp-endurance --soak=15000)

include(cmake/fuzz.cmake)

find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(name app_store bench driver file_lists fuzz matrix named_tests planted)
  add_test(NAME scripts.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/driver/test_${name}.py
  )
endforeach()

add_test(
  NAME scripts.configuration_errors
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/driver/test_configuration_errors.py
          $<TARGET_FILE:l2tp-tests>
)

foreach(name conformance mutations)
  add_test(NAME rfc2661.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/rfc2661/test_${name}.py
  )
endforeach()

add_subdirectory(examples)
add_subdirectory(studies)
add_subdirectory(utils)
foreach(name control voluntary readme)
  add_test(NAME scenario.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_${name}.py
                   $<TARGET_FILE:l2tp-voluntary>
  )
endforeach()
foreach(name compulsory multihop wholesale)
  add_test(NAME scenario.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_${name}.py
                   $<TARGET_FILE:l2tp-${name}>
  )
endforeach()
add_test(NAME scenario.meltdown
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_meltdown.py
                 $<TARGET_FILE:l2tp-meltdown>
)
add_test(NAME scenario.remote_dial
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_remote_dial.py
                 $<TARGET_FILE:l2tp-remote-dial>
)

# The course: what each lab shows is what its commands print.
foreach(lab 1 2 3 4 5 6 7 8)
  add_test(NAME labs.${lab} COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/labs/test_lab.py
                                    ${lab} ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
  )
endforeach()

get_directory_property(l2tp_examples DIRECTORY examples DEFINITION l2tp_examples)
set(l2tp_example_programs)
foreach(example ${l2tp_examples})
  list(APPEND l2tp_example_programs $<TARGET_FILE:${example}>)
endforeach()
add_test(NAME scenario.netanim
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_netanim.py
                 $<BOOL:${NS3_NETANIM_FOUND}> ${l2tp_example_programs}
)

# Those for real peers look for their interface first, and are in scenario.emulated.
set(l2tp_simulated_programs ${l2tp_example_programs})
list(FILTER l2tp_simulated_programs EXCLUDE REGEX "emulated")
add_test(NAME scenario.options
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_options.py
                 ${l2tp_simulated_programs}
)

add_test(NAME scenario.own_policy
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_own_policy.py
                 $<TARGET_FILE:l2tp-own-policy>
)

add_test(NAME report.browser
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/report/test_report.py
                 ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
)

if(TARGET l2tp-emulated-lns)
  add_test(NAME scenario.emulated
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/scenario/test_emulated.py
                   $<TARGET_FILE:l2tp-emulated-lns> $<TARGET_FILE:l2tp-emulated-lac>
                   $<TARGET_FILE:l2tp-emulated-bras>
  )
endif()

# Studies, with a handful of replications. They need the modules that scripts/packages.py lists, which
# Debian has for its own Python.
find_program(L2TP_STUDY_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT L2TP_STUDY_PYTHON)
  set(L2TP_STUDY_PYTHON ${Python3_EXECUTABLE})
endif()
foreach(name chain study)
  add_test(NAME studies.${name}
           COMMAND ${L2TP_STUDY_PYTHON} ${CMAKE_SOURCE_DIR}/test/studies/test_${name}.py
  )
endforeach()
foreach(name keepalive marking meltdown outage overhead sequencing setup_loss window)
  add_test(NAME studies.${name}
           COMMAND ${L2TP_STUDY_PYTHON} ${CMAKE_SOURCE_DIR}/test/studies/test_${name}.py
                   ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
  )
endforeach()

# PPPoE on a channel of a module that the tests in ns-3's tree can't use.
add_executable(l2tp-pppoe-csma test/access/pppoe-csma.cc)
target_include_directories(l2tp-pppoe-csma PRIVATE ${CMAKE_SOURCE_DIR}/test)
target_link_libraries(l2tp-pppoe-csma PRIVATE l2tp ${NS3_SCENARIO_LIBRARIES})
add_test(NAME access.pppoe_csma
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/access/test_pppoe_csma.py
                 $<TARGET_FILE:l2tp-pppoe-csma>
)

# Flows in tunnels and outside, by a module that the tests in ns-3's tree can't use.
add_executable(l2tp-flow-path test/flows/flow-path.cc)
target_link_libraries(
  l2tp-flow-path PRIVATE l2tp ${NS3_SCENARIO_LIBRARIES} ${NS3_FLOW_MONITOR_LIBRARIES}
)
add_test(NAME flows.flow_monitor
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/flows/test_flow_monitor.py
                 $<TARGET_FILE:l2tp-flow-path>
)

# What captures show of each profile's schedule.
add_executable(l2tp-profile-schedule test/policy/profile-schedule.cc)
target_link_libraries(l2tp-profile-schedule PRIVATE l2tp ${NS3_SCENARIO_LIBRARIES})
add_test(NAME policy.profiles
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/policy/test_profiles.py
                 $<TARGET_FILE:l2tp-profile-schedule>
)

# What the wire code says, compared with what tshark says.
add_executable(l2tp-message-corpus test/wire/message-corpus.cc)
target_link_libraries(l2tp-message-corpus PRIVATE l2tp)
add_test(NAME wire.dissect
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/wire/test_dissect.py
                 $<TARGET_FILE:l2tp-dissect>
)
add_test(NAME wire.message_corpus
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/wire/test_message_corpus.py
                 $<TARGET_FILE:l2tp-dissect> $<TARGET_FILE:l2tp-message-corpus>
)

# The installed module, as a scenario outside of this tree finds it. That has no sanitizer, and so
# can't use a module that has one.
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  add_test(NAME install.out_of_tree
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/test/install/test_out_of_tree.py
                   ${CMAKE_COMMAND} ${CMAKE_BINARY_DIR} ${CMAKE_CXX_COMPILER} ${CMAKE_CXX_STANDARD}
  )
endif()

if(benchmark_FOUND)
  add_executable(l2tp-codec-bench bench/l2tp-codec-bench.cc)
  target_link_libraries(l2tp-codec-bench PRIVATE l2tp benchmark::benchmark)
endif()

add_executable(l2tp-data-path bench/l2tp-data-path.cc)
target_link_libraries(l2tp-data-path PRIVATE l2tp ${NS3_SCENARIO_LIBRARIES})
add_executable(l2tp-sessions bench/l2tp-sessions.cc)
target_link_libraries(l2tp-sessions PRIVATE l2tp ${NS3_SCENARIO_LIBRARIES})
