/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_REPORT_H
#define SCENARIO_REPORT_H

#include "scenario-options.h"

#include "ns3/command-line.h"
#include "ns3/l2tp-run-report.h"
#include "ns3/l2tp-run-summary.h"

#include <cstdint>
#include <memory>
#include <string>

namespace ns3
{

/**
 * @brief The options --Report, --ReportMessages and --ReportOctets, and the page that they are
 * about. It must live as long as the run.
 */
class L2tpScenarioReport
{
  public:
    /// Add the options to a command line. @param cmd the command line
    void AddTo(CommandLine& cmd);

    /**
     * @brief Watch the run, if a report is wanted; once all is installed.
     * @param scenario its name
     * @param argc as in main()
     * @param argv as in main()
     */
    void Begin(const std::string& scenario, int argc, char** argv);

    /**
     * @brief Write report.html, if it is wanted.
     * @param options where files go
     * @param summary what the run has come to
     */
    void Write(const L2tpScenarioOptions& options, const L2tpRunSummary& summary);

  private:
    bool m_wanted{true};                     //!< whether there is to be a report
    uint32_t m_messages{10000};              //!< messages kept
    uint32_t m_octets{2000};                 //!< messages kept with their octets
    std::unique_ptr<L2tpRunReport> m_report; //!< the report
};

} // namespace ns3

#endif /* SCENARIO_REPORT_H */
