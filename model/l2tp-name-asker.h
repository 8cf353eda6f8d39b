/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_NAME_ASKER_H
#define L2TP_NAME_ASKER_H

#include "ns3/l2-circuit.h"
#include "ns3/l2tp-proxy-state.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-user-table.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Runs LCP with a remote system, and asks who it is, without an answer of its own: that is
 * the LNS's to give (RFC 2661, section 4.4.5).
 *
 * It may be used for one circuit after the other.
 */
class L2tpNameAsker : public Object
{
  public:
    /// Told what the remote system says to prove who it is; again if PPP begins anew.
    using NamedCallback = std::function<void(const PppAuthAttempt&)>;
    /// Told that PPP has come to its end.
    using FinishedCallback = std::function<void(PppReason, uint16_t)>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpNameAsker();
    ~L2tpNameAsker() override;

    /// The link, for its attributes. @return the link
    Ptr<PppLink> GetLink() const;

    /**
     * @brief Begin.
     * @param circuit a circuit to a remote system
     * @param named told what it says
     * @param finished told if PPP ends before that is over; and the protocol that the reason is
     *        about
     */
    void Ask(Ptr<L2Circuit> circuit, NamedCallback named, FinishedCallback finished);

    /**
     * @brief Tell the remote system that it hasn't proved to be anybody welcome; PPP ends with
     * that.
     * @param message words for its human
     */
    void Refuse(const std::string& message);

    /// End PPP politely.
    void Close();

    /// Let go of the circuit, without a word.
    void LetGo();

    /// What it has been through. @return the AVPs for an ICCN
    L2tpProxyState GetProxyState() const;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief The remote system says who it is.
     * @param attempt what it says
     * @param done takes the verdict that it waits for
     */
    void Named(const PppAuthAttempt& attempt, PppUserTable::VerdictCallback done);
    /// PPP has come to its end. @param reason why
    void Finished(PppReason reason);

    Ptr<PppLink> m_link;                     //!< runs PPP
    NamedCallback m_onNamed;                 //!< told of an attempt
    FinishedCallback m_onFinished;           //!< told of PPP's end
    PppUserTable::VerdictCallback m_verdict; //!< what the remote system waits for
};

} // namespace ns3

#endif /* L2TP_NAME_ASKER_H */
