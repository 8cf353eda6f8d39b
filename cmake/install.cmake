# Installing, by `cmake --install build`: headers, library, CMake package and pkg-config file, so that
# a scenario outside of this tree finds the module (examples/out-of-tree).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Beside ns-3's own headers a module's would have to be removed by hand; here they have a folder.
set(l2tp_install_include ${CMAKE_INSTALL_INCLUDEDIR}/ns3-l2tp)
set(l2tp_install_package ${CMAKE_INSTALL_LIBDIR}/cmake/ns3-l2tp)

target_include_directories(l2tp PUBLIC $<INSTALL_INTERFACE:${l2tp_install_include}>)
target_compile_features(l2tp PUBLIC cxx_std_${CMAKE_CXX_STANDARD})

install(FILES ${l2tp_headers} DESTINATION ${l2tp_install_include}/ns3)
install(TARGETS l2tp EXPORT ns3-l2tp LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT ns3-l2tp NAMESPACE ns3:: FILE ns3-l2tpTargets.cmake DESTINATION ${l2tp_install_package})

configure_package_config_file(
  cmake/ns3-l2tpConfig.cmake.in ${CMAKE_BINARY_DIR}/ns3-l2tpConfig.cmake
  INSTALL_DESTINATION ${l2tp_install_package} NO_SET_AND_CHECK_MACRO
)
write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/ns3-l2tpConfigVersion.cmake COMPATIBILITY SameMinorVersion
)
install(FILES ${CMAKE_BINARY_DIR}/ns3-l2tpConfig.cmake ${CMAKE_BINARY_DIR}/ns3-l2tpConfigVersion.cmake
        DESTINATION ${l2tp_install_package}
)

# The way from the file to the prefix, which may be another than the one that was configured.
file(RELATIVE_PATH l2tp_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/ns3-l2tp.pc.in ${CMAKE_BINARY_DIR}/ns3-l2tp.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/ns3-l2tp.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
