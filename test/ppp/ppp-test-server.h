/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_TEST_SERVER_H
#define PPP_TEST_SERVER_H

#include "ns3/enum.h"
#include "ns3/node.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"
#include "ns3/ppp-user-table.h"
#include "ns3/pppoe-session.h"

namespace ns3
{

/// PPP at one end of a circuit, with a device for IPv4.
struct PppTestDevice
{
    PppTestDevice(Ptr<Node> node, int64_t stream)
    {
        device->SetLink(link);
        node->AddDevice(device);
        CreateObject<PppIpv4Config>()->Install(device);
        link->AssignStreams(stream);
    }

    /// Run over a PPPoE session, which is closed when LCP has terminated (RFC 2516, section 7).
    void Use(Ptr<PppoeSession> session)
    {
        link->SetFinishedCallback(
            Callback<void, PppReason>([session](PppReason) { session->Close(); }));
        link->SetCircuit(session);
        link->Open();
    }

    Ptr<PppLink> link{CreateObject<PppLink>()};             //!< PPP
    Ptr<PppNetDevice> device{CreateObject<PppNetDevice>()}; //!< its device
};

/// A server, 10.9.0.1, that knows alice, who gets 10.9.0.2, and bob, who gets 10.9.0.3.
struct PppTestServer : public PppTestDevice
{
    PppTestServer(Ptr<Node> node, int64_t stream)
        : PppTestDevice(node, stream)
    {
        auto users = CreateObject<PppLocalUserTable>();
        users->AddUser("alice", "wonderland", Ipv4Address("10.9.0.2"));
        users->AddUser("bob", "builder", Ipv4Address("10.9.0.3"));
        link->SetUserTable(users);
        link->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_CHAP));
        link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.9.0.1"));
    }
};

} // namespace ns3

#endif /* PPP_TEST_SERVER_H */
