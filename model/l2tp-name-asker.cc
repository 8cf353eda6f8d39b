/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-name-asker.h"

#include "l2tp-proxy-ppp.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpNameAsker);

namespace
{

/// A user table that knows nobody, and passes on who wants to be known.
class NobodysUserTable : public PppUserTable
{
  public:
    /// Takes an attempt, and who waits for the verdict.
    using AttemptCallback = std::function<void(const PppAuthAttempt&, VerdictCallback)>;

    /// @param callback takes attempts
    explicit NobodysUserTable(AttemptCallback callback)
        : m_callback(std::move(callback))
    {
    }

    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override
    {
        m_callback(attempt, std::move(done));
    }

  private:
    AttemptCallback m_callback; //!< takes attempts
};

} // namespace

TypeId
L2tpNameAsker::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpNameAsker")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpNameAsker>();
    return tid;
}

L2tpNameAsker::L2tpNameAsker()
    : m_link(CreateObject<PppLink>())
{
    m_link->SetUserTable(CreateObject<NobodysUserTable>(
        [this](const PppAuthAttempt& attempt, PppUserTable::VerdictCallback done) {
            Named(attempt, std::move(done));
        }));
    m_link->SetFinishedCallback(MakeCallback(&L2tpNameAsker::Finished, this));
}

L2tpNameAsker::~L2tpNameAsker() = default;

void
L2tpNameAsker::DoDispose()
{
    LetGo();
    m_link->Dispose();
    Object::DoDispose();
}

Ptr<PppLink>
L2tpNameAsker::GetLink() const
{
    return m_link;
}

void
L2tpNameAsker::Ask(Ptr<L2Circuit> circuit, NamedCallback named, FinishedCallback finished)
{
    m_onNamed = std::move(named);
    m_onFinished = std::move(finished);
    m_link->SetCircuit(circuit);
    m_link->Open();
}

void
L2tpNameAsker::Named(const PppAuthAttempt& attempt, PppUserTable::VerdictCallback done)
{
    m_verdict = std::move(done);
    // A copy: who is told may let go of the circuit.
    const auto onNamed = m_onNamed;
    onNamed(attempt);
}

void
L2tpNameAsker::Finished(PppReason reason)
{
    const auto onFinished = m_onFinished;
    if (onFinished)
    {
        onFinished(reason, m_link->GetReasonProtocol());
    }
}

void
L2tpNameAsker::Refuse(const std::string& message)
{
    PppAuthVerdict verdict;
    verdict.message = message;
    const auto done = std::move(m_verdict);
    m_verdict = nullptr;
    done(verdict);
}

void
L2tpNameAsker::Close()
{
    m_link->Close();
}

void
L2tpNameAsker::LetGo()
{
    m_onNamed = nullptr;
    m_onFinished = nullptr;
    m_verdict = nullptr;
    m_link->SetCircuit(nullptr);
}

L2tpProxyState
L2tpNameAsker::GetProxyState() const
{
    return L2tpProxyStateOf(m_link);
}

} // namespace ns3
