/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_ACCOUNTANT_FIXTURE_H
#define L2TP_TEST_ACCOUNTANT_FIXTURE_H

#include "l2tp-access-fixture.h"

#include "ns3/l2tp-radius-accountant.h"
#include "ns3/radius-server.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief The access server and the LNSs of L2tpAccessTest, each of which tells what it has
 * accounted to a RADIUS server on host 2.
 */
class L2tpAccountantTest : public L2tpAccessTest
{
  protected:
    using K = RadiusKeys;               //!< the attributes
    using Status = RadiusAcctStatus;    //!< kinds of records
    using Cause = RadiusTerminateCause; //!< why something ended

    /// What accounts at a node.
    struct Nas
    {
        Ptr<RadiusClient> client;             //!< asks, and tells
        Ptr<RadiusAccounting> accounting;     //!< keeps accounts
        Ptr<L2tpRadiusAccountant> accountant; //!< listens
    };

    /// Build it. @param nRemotes how many remote systems and lines
    void BuildAccountants(uint32_t nRemotes = 1)
    {
        BuildAccess(nRemotes);
        radius = CreateObject<RadiusServer>();
        radius->AssignStreams(900);
        net->hosts.Get(2)->AddApplication(radius);
        atLac = MakeNas(accessNode, net->GetHostAddress(0));
        atLns = MakeNas(net->lns, net->lnsAddress);
        atLac.accountant->WatchAccessServer(server);
        atLns.accountant->WatchLns(lnss[0]);
    }

    void TearDown() override
    {
        radius = nullptr;
        atLac = Nas();
        atLns = Nas();
        L2tpAccessTest::TearDown();
    }

    /// Have a node account. @param node it @param address its address @return what does it
    Nas MakeNas(Ptr<Node> node, Ipv4Address address)
    {
        const L2tpIpAddress server = net->GetHostAddress(2);
        radius->AddClient(address, "xyzzy5461");
        Nas nas;
        nas.client = CreateObject<RadiusClient>();
        nas.client->SetNode(node);
        nas.client->SetAttribute("NasIpAddress", Ipv4AddressValue(address));
        nas.client->AssignStreams(910 + node->GetId());
        nas.client->AddServer({server, RADIUS_PORT}, "xyzzy5461");
        nas.client->AddAccountingServer({server, RADIUS_ACCOUNTING_PORT}, "xyzzy5461");
        nas.accounting = CreateObject<RadiusAccounting>();
        nas.accounting->SetAttribute("Client", PointerValue(nas.client));
        nas.accountant = CreateObject<L2tpRadiusAccountant>();
        nas.accountant->SetAttribute("Accounting", PointerValue(nas.accounting));
        node->AddApplication(nas.accountant);
        return nas;
    }

    /// The records of a NAS. @param address its address @return them, the oldest first
    std::vector<RadiusAttributes> RecordsOf(Ipv4Address address) const
    {
        std::vector<RadiusAttributes> records;
        for (const auto& record : radius->GetRecords())
        {
            if (record.client == L2tpIpAddress(address))
            {
                records.push_back(record.attributes);
            }
        }
        return records;
    }

    /// The records of the access server. @return them
    std::vector<RadiusAttributes> LacRecords() const
    {
        return RecordsOf(net->GetHostAddress(0));
    }

    /// The records of the LNS. @return them
    std::vector<RadiusAttributes> LnsRecords() const
    {
        return RecordsOf(net->lnsAddress);
    }

    /// What kinds records are of. @param records them @return their Acct-Status-Types
    static std::vector<uint32_t> Kinds(const std::vector<RadiusAttributes>& records)
    {
        std::vector<uint32_t> kinds;
        for (const auto& record : records)
        {
            kinds.push_back(record.Get(K::ACCT_STATUS_TYPE).value_or(0));
        }
        return kinds;
    }

    /// The only record of a kind; the test fails if there isn't one. @param records among which
    /// @param status its kind @return it
    static RadiusAttributes The(const std::vector<RadiusAttributes>& records, Status status)
    {
        std::vector<RadiusAttributes> found;
        for (const auto& record : records)
        {
            if (record.Get(K::ACCT_STATUS_TYPE) == static_cast<uint32_t>(status))
            {
                found.push_back(record);
            }
        }
        EXPECT_EQ(found.size(), 1U) << "status " << static_cast<uint32_t>(status);
        return found.empty() ? RadiusAttributes() : found[0];
    }

    /// Why something ended. @param record the last one of its account @return the cause
    static Cause CauseOf(const RadiusAttributes& record)
    {
        return static_cast<Cause>(record.Get(K::ACCT_TERMINATE_CAUSE).value_or(0));
    }

    Ptr<RadiusServer> radius; //!< who is told
    Nas atLac;                //!< at the access server
    Nas atLns;                //!< at the LNS
};

} // namespace ns3

#endif /* L2TP_TEST_ACCOUNTANT_FIXTURE_H */
