/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPPOE_HOST_H
#define L2TP_PPPOE_HOST_H

#include "l2tp-dialing-host.h"

#include "ns3/pppoe-client.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A host that runs PPP over Ethernet and knows nothing of L2TP: a remote system behind an
 * Access Concentrator (RFC 2516).
 *
 * To dial is to go through the Discovery stage. While the session lasts PPP gives the node an
 * address; when LCP has terminated, the session is ended by a PADT, and the next one begins with
 * discovery again (section 7).
 */
class L2tpPppoeHost : public L2tpDialingHost
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpPppoeHost();
    ~L2tpPppoeHost() override;

    /**
     * @brief Fix the streams of PPP, and of the client if that is set.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void ObtainCircuit() override;
    void GiveBackCircuit(PppReason reason) override;

    /// There is a session. @param session it, which is up
    void HasSession(Ptr<PppoeSession> session);
    /// The session has ended, or discovery came to nothing. @param end why
    void SessionEnded(PppoeEnd end);

    Ptr<PppoeClient> m_client; //!< attribute Client
};

} // namespace ns3

#endif /* L2TP_PPPOE_HOST_H */
