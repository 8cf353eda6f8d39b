/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_FATAL_ERROR_LOG_H
#define L2TP_TEST_FATAL_ERROR_LOG_H

namespace ns3
{

/**
 * @brief From now on write to a file, too, what goes to std::cerr: how each test stops the
 * program, in a process of its own, where GoogleTest looks at it and keeps it to itself. A line
 * "test NAME" comes before what a test causes.
 * @param file its name
 */
void LogFatalErrors(const char* file);

} // namespace ns3

#endif /* L2TP_TEST_FATAL_ERROR_LOG_H */
