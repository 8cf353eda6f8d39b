# SPDX-License-Identifier: GPL-2.0-only

# The page of run reports, as a source of the library: l2tp_report_page.

find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB_RECURSE l2tp_page_parts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/helper/report/page/*)
set(l2tp_report_page ${CMAKE_CURRENT_BINARY_DIR}/l2tp-report-page.cc)
add_custom_command(
  OUTPUT ${l2tp_report_page}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/scripts/report_page.py
          ${l2tp_report_page}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/scripts/report_page.py ${l2tp_page_parts}
  COMMENT "Making the page of run reports"
)
