/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the page of a run needs; what is on it is tested in a browser (test/report).

#include "ns3/l2tp-run-report.h"

#include <gtest/gtest.h>

using namespace ns3;

TEST(L2tpRunReportDeathTest, StopsIfTheFileCantBeWritten)
{
    EXPECT_DEATH(L2tpRunReport("test").Write("/no-such-folder/report.html", L2tpRunSummary("test")),
                 "The report /no-such-folder/report.html can't be written: check the folder");
}
