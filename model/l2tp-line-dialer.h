/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LINE_DIALER_H
#define L2TP_LINE_DIALER_H

#include "l2tp-call-leg.h"
#include "l2tp-dialer.h"
#include "l2tp-leg-join.h"
#include "l2tp-line-leg.h"

#include "ns3/l2-serial-line.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Opens the bearers of a LAC's outgoing calls on a pool of serial lines, and joins each line
 * with its call (RFC 2661, section 7.5.1).
 *
 * A call gets an idle line of the bearer and the framing that the LNS asks for, and that can be as
 * fast as its Minimum BPS. Lines take turns, so that one that is dead doesn't fail every call. If
 * the pool has no such line at all the LAC refuses with result 5, if all of them are taken with
 * result 4. When the line drops, the call is cleared with result 1; when the call is cleared, the
 * line is hung up.
 *
 * The pool's lines are for dialling out: calls to them are rejected.
 */
class L2tpLineDialer : public L2tpDialer
{
  public:
    /// TracedCallback signature: a call, and the line that dials for it.
    using LineTracedCallback = void (*)(Ptr<const L2tpCall> call, Ptr<L2SerialLine> line);
    /// TracedCallback signature: a call, and why its line got no connection.
    using FailedTracedCallback = void (*)(Ptr<const L2tpCall> call, L2LineCause cause);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLineDialer();
    ~L2tpLineDialer() override;

    /**
     * @brief Add a line to the pool. Its callbacks are the dialer's from here on.
     *
     * The LAC advertises the bearers of the lines that are there when it is given the dialer.
     * @param line a line of the LAC's node; the first one is Physical Channel 1, and so on
     */
    void AddLine(Ptr<L2SerialLine> line);

    /// How many lines there are. @return the number
    std::size_t GetNLines() const;

    /// How many lines no call has. @return the number
    std::size_t GetNIdle() const;

    /**
     * @brief What a CDN says of a line that got no connection, in the words of section 4.4.2.
     * @param cause what the line says
     * @return the Result Code
     */
    static L2tpResultCode ResultOf(L2LineCause cause);

    uint32_t GetBearerCapabilities() const override;
    std::optional<L2tpResultCode> Judge(const L2tpCallParameters& parameters) const override;
    std::optional<uint32_t> Reserve(Ptr<const L2tpCall> call) override;
    void Dial(Ptr<L2tpCall> call) override;
    void Connect(Ptr<L2tpCall> call) override;
    void Release(Ptr<L2tpCall> call) override;

  protected:
    void DoDispose() override;

  private:
    /// A line, and what it does.
    struct Port
    {
        Ptr<L2SerialLine> line;   //!< the line
        const L2tpCall* owner;    //!< the call that it is reserved for, or null
        Ptr<L2tpCall> call;       //!< the call that it dials for, or null
        Ptr<L2tpCallLeg> callLeg; //!< that call, once it is joined
        Ptr<L2tpLineLeg> lineLeg; //!< the line, once it is joined
        Ptr<L2tpLegJoin> join;    //!< joins them
    };

    /**
     * @brief Decide whether a line can do what an LNS asks for.
     * @param line the line
     * @param parameters what it asks for
     * @return true if it can
     */
    static bool Fits(const L2SerialLine& line, const L2tpCallParameters& parameters);
    /// The bits of L2tpBearer of a line. @param line it @return the bit
    static uint32_t BearerOf(const L2SerialLine& line);
    /// The bits of L2tpFraming of a line. @param line it @return the bit
    static uint32_t FramingOf(const L2SerialLine& line);
    /**
     * @brief Find an idle line; the next one in turn comes first.
     * @param parameters what an LNS asks for
     * @return its index in m_ports, or nothing
     */
    std::optional<std::size_t> FindIdle(const L2tpCallParameters& parameters) const;
    /// The port of a call. @param call it @return the port, null if it has none
    Port* PortOf(Ptr<const L2tpCall> call);

    /// A line of the pool is called. @param line it @param numbers who calls whom
    void Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& numbers);
    /// A line has got its connection. @param line it
    void Connected(Ptr<L2SerialLine> line);
    /// A line's connection has ended, or could not be had. @param line it @param cause why
    void LineEnded(Ptr<L2SerialLine> line, L2LineCause cause);

    std::vector<Port> m_ports;                                             //!< all lines
    std::size_t m_turn{0};                                                 //!< whose turn it is
    std::unordered_map<const L2tpCall*, std::size_t> m_byCall;             //!< ports by call
    std::unordered_map<const L2SerialLine*, std::size_t> m_byLine;         //!< ports by line
    TracedCallback<Ptr<const L2tpCall>, Ptr<L2SerialLine>> m_dialledTrace; //!< lines that dial
    TracedCallback<Ptr<const L2tpCall>, Ptr<L2SerialLine>> m_joinedTrace;  //!< lines joined
    TracedCallback<Ptr<const L2tpCall>, L2LineCause> m_failedTrace;        //!< no connection
};

} // namespace ns3

#endif /* L2TP_LINE_DIALER_H */
