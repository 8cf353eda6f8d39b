/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_DATA_H
#define L2TP_REPORT_DATA_H

#include "l2tp-report-tunnels.h"

#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The data messages of a run for its report: throughput, delay, loss and reordering, each
 * direction of each session by itself, over time.
 *
 * Time is divided into at most 600 equal spans, which get longer as the run does. The directions of
 * further sessions than are kept apart are one together.
 */
class L2tpReportData
{
  public:
    L2tpReportData() = default;
    L2tpReportData(const L2tpReportData&) = delete;
    L2tpReportData& operator=(const L2tpReportData&) = delete;

    /**
     * @brief A frame goes into a session.
     * @param callEnd the number of the sending end
     * @param frame the frame
     */
    void Sent(int32_t callEnd, const Packet& frame);

    /**
     * @brief A frame comes out of a session.
     * @param frame the frame
     */
    void Received(const Packet& frame);

    /**
     * @brief Write all of it.
     * @param tunnels knows the sessions, and which ends belong together
     * @return JSON, a member of an object: "data"
     */
    std::string ToJson(const L2tpReportTunnels& tunnels) const;

  private:
    /// What happened in a span of time.
    struct Span
    {
        uint64_t sent{0};      //!< frames sent in it
        uint64_t arrived{0};   //!< those of them that arrived, whenever that was
        uint64_t received{0};  //!< frames that arrived in it
        uint64_t octets{0};    //!< octets of these
        uint64_t reordered{0}; //!< those that others had overtaken
        int64_t delay{0};      //!< the sum of their delays, in ns
        int64_t maxDelay{0};   //!< the greatest of these
    };

    /// A direction of a session, or of all that aren't kept apart.
    struct Stream
    {
        int32_t callEnd{L2tpReportTunnels::NONE}; //!< the sending end; NONE: of all others
        std::vector<Span> spans;                  //!< by time
    };

    /// The order of a session's frames.
    struct Order
    {
        uint32_t stream{0}; //!< index in m_streams
        uint64_t next{1};   //!< number of the next frame
        uint64_t latest{0}; //!< the greatest number that has arrived
    };

    /// A frame on its way.
    struct Flight
    {
        int32_t callEnd{L2tpReportTunnels::NONE}; //!< the sending end
        uint64_t number{0};                       //!< which of its frames
        int64_t sent{0};                          //!< when, in ns
    };

    /// What tells a frame from others. @param frame the frame @return a number
    static uint64_t KeyOf(const Packet& frame);
    /// The span of a time. @param stream whose @param time the time, in ns @return the span
    Span& SpanOf(Stream& stream, int64_t time);
    /// Let all spans be twice as long.
    void Coarsen();

    int64_t m_width{50000000};                      //!< length of a span, in ns
    std::vector<Stream> m_streams;                  //!< in the order of their first frames
    std::vector<Order> m_orders;                    //!< by the sending end
    std::unordered_map<uint64_t, Flight> m_flights; //!< by KeyOf()
};

} // namespace ns3

#endif /* L2TP_REPORT_DATA_H */
