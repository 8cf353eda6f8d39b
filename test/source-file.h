/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_SOURCE_FILE_H
#define L2TP_TEST_SOURCE_FILE_H

#include <string>

namespace ns3
{

/**
 * @brief Read a file of the module's source; the test fails if it isn't there.
 * @param path its path from the module's folder on
 * @return the text
 */
std::string ReadSourceFile(const std::string& path);

} // namespace ns3

#endif /* L2TP_TEST_SOURCE_FILE_H */
