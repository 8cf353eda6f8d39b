/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "fatal-error-log.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

int
main(int argc, char** argv)
{
    ::testing::InitGoogleTest(&argc, argv);
    // Files of a process of its own, since several may run at once.
    std::string folder = ::testing::TempDir() + "l2tp-tests-XXXXXX";
    if (!mkdtemp(folder.data()) || setenv("TEST_TMPDIR", folder.c_str(), 1) != 0)
    {
        return EXIT_FAILURE;
    }
    if (const char* file = getenv("L2TP_FATAL_ERRORS"))
    {
        ns3::LogFatalErrors(file);
    }
    const int status = RUN_ALL_TESTS();
    std::filesystem::remove_all(folder);
    return status;
}
