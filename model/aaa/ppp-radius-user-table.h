/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_RADIUS_USER_TABLE_H
#define PPP_RADIUS_USER_TABLE_H

#include "radius-client.h"

#include "ns3/ppp-user-table.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Has PPP's users judged by RADIUS: PAP, CHAP and MS-CHAP-V2 (RFC 2865, section 2; RFC
 * 2548).
 *
 * An Access-Accept for a service other than PPP, or without the proof that MS-CHAP-V2 wants of the
 * server, accepts nobody (RFC 2865, section 1.1); nor does an Access-Challenge (section 4.4), nor
 * silence. What else the answer says is told by the trace source Answer.
 */
class PppRadiusUserTable : public PppUserTable
{
  public:
    /// TracedCallback signature: an attempt is judged; the attempt, and what became of the request.
    using AnswerTracedCallback = void (*)(const PppAuthAttempt& attempt,
                                          const RadiusResult& result);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppRadiusUserTable();
    ~PppRadiusUserTable() override;

    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override;

  protected:
    void DoDispose() override;

  private:
    Ptr<RadiusClient> m_client; //!< attribute Client

    TracedCallback<const PppAuthAttempt&, const RadiusResult&> m_answerTrace; //!< answers
};

} // namespace ns3

#endif /* PPP_RADIUS_USER_TABLE_H */
