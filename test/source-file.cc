/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "source-file.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace ns3
{

std::string
ReadSourceFile(const std::string& path)
{
    // Known to this file only, so that the others compile to the same wherever the source is.
    std::ifstream file(L2TP_SOURCE_DIR "/" + path);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace ns3
