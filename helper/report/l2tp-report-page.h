/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_PAGE_H
#define L2TP_REPORT_PAGE_H

namespace ns3
{

/// The page of a report up to its data: scripts/report_page.py makes it of helper/report/page/.
extern const char* const L2TP_REPORT_PAGE_HEAD;
/// The page behind its data.
extern const char* const L2TP_REPORT_PAGE_TAIL;

} // namespace ns3

#endif /* L2TP_REPORT_PAGE_H */
