/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-report.h"

namespace ns3
{

void
L2tpScenarioReport::AddTo(CommandLine& cmd)
{
    cmd.AddValue("Report", "whether to write report.html, a page about the run", m_wanted);
    cmd.AddValue("ReportMessages",
                 "how many messages the report keeps, first and last",
                 m_messages);
    cmd.AddValue("ReportOctets",
                 "of how many messages the report keeps the octets, from the first on",
                 m_octets);
}

void
L2tpScenarioReport::Begin(const std::string& scenario, int argc, char** argv)
{
    if (!m_wanted)
    {
        return;
    }
    L2tpScenarioCheck<uint32_t>("ReportMessages", m_messages, 4, 1000000);
    L2tpScenarioCheck<uint32_t>("ReportOctets", m_octets, 0, 1000000);
    m_report = std::make_unique<L2tpRunReport>(scenario);
    m_report->SetArguments({argv + 1, argv + argc});
    m_report->SetLimits(m_messages, m_octets);
    m_report->Watch();
}

void
L2tpScenarioReport::Write(const L2tpScenarioOptions& options, const L2tpRunSummary& summary)
{
    if (m_report)
    {
        m_report->Write(options.PathOf("report.html"), summary);
    }
}

} // namespace ns3
