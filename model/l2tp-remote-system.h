/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REMOTE_SYSTEM_H
#define L2TP_REMOTE_SYSTEM_H

#include "l2tp-dialing-host.h"

#include "ns3/l2-serial-line.h"

#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A host that runs PPP over a serial line and knows nothing of L2TP: what RFC 2661, section
 * 1.2, calls a remote system.
 *
 * It dials a number, or waits to be called if it has none. While the call lasts PPP gives the node
 * an address; when PPP has come to its end, the line is hung up.
 */
class L2tpRemoteSystem : public L2tpDialingHost
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpRemoteSystem();
    ~L2tpRemoteSystem() override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;
    void ObtainCircuit() override;
    void GiveBackCircuit(PppReason reason) override;

    /// The line is called. @param line the line @param numbers who calls whom
    void Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& numbers);
    /// A call is connected. @param line the line
    void Connected(Ptr<L2SerialLine> line);
    /// A call has ended. @param line the line @param cause why
    void LineEnded(Ptr<L2SerialLine> line, L2LineCause cause);

    Ptr<L2SerialLine> m_line; //!< attribute Line
    std::string m_number;     //!< attribute Number
    bool m_running{false};    //!< whether the application runs
};

} // namespace ns3

#endif /* L2TP_REMOTE_SYSTEM_H */
