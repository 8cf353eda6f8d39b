# Fuzz targets (doc/fuzzing.rst). With L2TP_LIBFUZZER, which needs clang and its flags in all of the
# build, they look for inputs: ./l2tp fuzz does that. Without, they try those that are kept.
option(L2TP_LIBFUZZER "Link the fuzz targets with libFuzzer" OFF)

set(l2tp_fuzz_targets
    capture
    endpoint
    message
    ppp-frame
    ppp-link
    pppoe-ends
    pppoe-packet
    radius-ends
    radius-packet
)
set(l2tp_fuzz_capture_sources utils/capture-reader.cc utils/datagram-dissection.cc)
set(l2tp_fuzz_endpoint_sources
    test/fuzz/l2tp-fuzz-l2tp-peer.cc test/fuzz/l2tp-fuzz-messages.cc
    test/fuzz/l2tp-fuzz-ppp-peer.cc
)
set(l2tp_fuzz_message_sources utils/datagram-dissection.cc)
set(l2tp_fuzz_ppp-link_sources test/fuzz/l2tp-fuzz-ppp-peer.cc)
set(l2tp_fuzz_pppoe-ends_sources test/fuzz/l2tp-fuzz-ppp-peer.cc)

foreach(target ${l2tp_fuzz_targets})
  set(program l2tp-fuzz-${target})
  add_executable(${program} test/fuzz/${program}.cc ${l2tp_fuzz_${target}_sources})
  target_include_directories(
    ${program} PRIVATE ${CMAKE_SOURCE_DIR}/test ${CMAKE_SOURCE_DIR}/utils
  )
  target_link_libraries(${program} PRIVATE l2tp nlohmann_json::nlohmann_json)
  if(L2TP_LIBFUZZER)
    target_link_options(${program} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${program} PRIVATE test/fuzz/l2tp-fuzz-replay.cc)
    add_test(NAME fuzz.${target} COMMAND ${program}
                                         ${CMAKE_SOURCE_DIR}/test/fuzz/corpus/${target}.hex
    )
  endif()
endforeach()

# What they begin with, and their dictionaries, from the tables of the model.
add_executable(
  l2tp-fuzz-seeds EXCLUDE_FROM_ALL
  test/fuzz/l2tp-fuzz-seeds.cc test/fuzz/l2tp-fuzz-messages.cc test/fuzz/l2tp-fuzz-packet-seeds.cc
  test/fuzz/l2tp-fuzz-script-seeds.cc
)
target_include_directories(l2tp-fuzz-seeds PRIVATE ${CMAKE_SOURCE_DIR}/test)
target_link_libraries(l2tp-fuzz-seeds PRIVATE l2tp)
