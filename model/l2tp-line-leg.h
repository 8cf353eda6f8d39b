/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LINE_LEG_H
#define L2TP_LINE_LEG_H

#include "l2tp-access-leg.h"

#include "ns3/event-id.h"
#include "ns3/l2-serial-line.h"

#include <cstdint>
#include <optional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A leg that is a connected call of a serial line.
 *
 * An asynchronous line counts as that of a modem, whose bearer is analog; a synchronous one as
 * ISDN's, which is digital (RFC 2661, section 7.4). It ends with result 1 (loss of carrier) if the
 * line was cut or the remote system has hung up, which to a modem are the same.
 *
 * Errors on the line are told as they happen; the L2TP call sees to it that no more than one WEN
 * goes out in 60 s (section 6.13). The line's masks follow what is told of them, by an SLI for
 * example (section 6.14).
 */
class L2tpLineLeg : public L2tpAccessLeg
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Make a leg of a call. Whoever is told of the call's end calls Ended().
     * @param line a line that is connected
     * @param physicalChannelId number of the line, for the logs of the peer; or nothing
     */
    explicit L2tpLineLeg(Ptr<L2SerialLine> line,
                         std::optional<uint32_t> physicalChannelId = std::nullopt);
    ~L2tpLineLeg() override;

    /// The line. @return it
    Ptr<L2SerialLine> GetLine() const;

    /// The line's call has ended, whoever did it. @param cause why
    void Ended(L2LineCause cause);

    void HangUp() override;
    Ptr<L2Circuit> GetCircuit() const override;
    void TellLinkInfo(const L2tpAccm& accm) override;

    /**
     * @brief Why a call's end ends its leg.
     * @param cause the cause that the line gives
     * @return the Result Code for a CDN
     */
    static L2tpResultCode ResultOf(L2LineCause cause);

  protected:
    void DoDispose() override;
    L2tpCallParameters DescribeCircuit() const override;

  private:
    /// Hear no more of the line's trace.
    void Unhook();
    /// The line dropped something. @param reason why @param what what
    void Dropped(L2LineDropReason reason, Ptr<const Packet> what);
    /// Tell of errors that are new.
    void TellNewErrors();

    Ptr<L2SerialLine> m_line;                    //!< the line
    std::optional<uint32_t> m_physicalChannelId; //!< its number
    L2tpCallErrors m_told;                       //!< errors that were told
    EventId m_telling;                           //!< when new ones will be
};

} // namespace ns3

#endif /* L2TP_LINE_LEG_H */
