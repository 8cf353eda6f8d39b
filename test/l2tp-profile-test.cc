/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simulation-test.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/node-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <map>
#include <set>
#include <string>

using namespace ns3;

namespace
{

/// Profiles on endpoints that don't run.
class L2tpProfileTest : public SimulationTest
{
  protected:
    /// What an endpoint is set to. @param name of the attribute @return its value, as a text
    std::string ValueOf(const std::string& name) const
    {
        // The value has a class of its own, which is made by the attribute's checker.
        struct TypeId::AttributeInformation info;
        m_lac->GetInstanceTypeId().LookupAttributeByName(name, &info);
        Ptr<AttributeValue> value = info.checker->Create();
        m_lac->GetAttribute(name, *value);
        return value->SerializeToString(info.checker);
    }

    /// All that profiles set. @return values by attribute
    std::map<std::string, std::string> Settings() const
    {
        std::map<std::string, std::string> all;
        for (const auto& setting : L2tpProfile::Get("rfc2661").GetSettings())
        {
            all[setting.first] = ValueOf(setting.first);
        }
        return all;
    }

    Ptr<L2tpLac> m_lac{CreateObject<L2tpLac>()}; //!< an endpoint
};

using L2tpProfileDeathTest = L2tpProfileTest;

} // namespace

// Names are ones to be typed, and each says where it is from.
TEST_F(L2tpProfileTest, NamesAndSources)
{
    std::set<std::string> names;
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        EXPECT_TRUE(names.insert(profile.GetName()).second) << profile.GetName();
        EXPECT_EQ(profile.GetName().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                  std::string::npos);
        EXPECT_GT(profile.GetSource().size(), 20U) << profile.GetName();
        EXPECT_EQ(&L2tpProfile::Get(profile.GetName()), &profile);
    }
    for (const char* name : {"rfc2661",
                             "xl2tpd",
                             "go-l2tp",
                             "cisco-ios",
                             "accel-ppp",
                             "l2tpns",
                             "huawei",
                             "juniper-m",
                             "bng-blaster"})
    {
        EXPECT_EQ(names.count(name), 1U) << name;
    }
}

// The RFC's profile is what is there by default.
TEST_F(L2tpProfileTest, TheRfcsIsTheDefault)
{
    // The policies' defaults as well: what the factories make behaves alike.
    const auto before = Settings();
    L2tpProfile::Get("rfc2661").ApplyTo(*m_lac);
    for (const auto& setting : Settings())
    {
        if (setting.second.find('[') == std::string::npos)
        {
            EXPECT_EQ(setting.second, before.at(setting.first)) << setting.first;
        }
    }
    ObjectFactoryValue factory;
    m_lac->GetAttribute("RetransmissionPolicy", factory);
    EXPECT_EQ(factory.Get().Create<L2tpRetransmissionPolicy>()->GetFullCycle(), Seconds(31));
    m_lac->GetAttribute("AcknowledgementPolicy", factory);
    EXPECT_EQ(factory.Get().Create<L2tpAcknowledgementPolicy>()->GetDelay(1), MilliSeconds(50));
}

// Each can be applied, sets the same attributes, and replaces any other.
TEST_F(L2tpProfileTest, EachReplacesTheOther)
{
    std::map<std::string, std::map<std::string, std::string>> alone;
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        m_lac = CreateObject<L2tpLac>();
        profile.ApplyTo(*m_lac);
        alone[profile.GetName()] = Settings();
    }
    m_lac = CreateObject<L2tpLac>();
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        profile.ApplyTo(*m_lac);
        EXPECT_EQ(Settings(), alone[profile.GetName()]) << profile.GetName();
    }
}

// A tunnel may take as long to be set up as it takes to give the peer up, or that time would be
// cut.
TEST_F(L2tpProfileTest, TheSetUpIsNotCutShort)
{
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        profile.ApplyTo(*m_lac);
        ObjectFactoryValue factory;
        m_lac->GetAttribute("RetransmissionPolicy", factory);
        TimeValue setup;
        m_lac->GetAttribute("SetupTimeout", setup);
        EXPECT_GT(setup.Get(), factory.Get().Create<L2tpRetransmissionPolicy>()->GetFullCycle())
            << profile.GetName();
    }
}

// An endpoint starts with each, at either end.
TEST_F(L2tpProfileTest, EndpointsStartWithEach)
{
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        NodeContainer nodes(2);
        InternetStackHelper().Install(nodes);
        L2tpLacHelper lacs;
        L2tpLnsHelper lnses;
        Ptr<L2tpEndpoint> lac = lacs.Install(nodes.Get(0));
        Ptr<L2tpEndpoint> lns = lnses.Install(nodes.Get(1));
        for (const auto& endpoint : {lac, lns})
        {
            profile.ApplyTo(*endpoint);
            endpoint->Start();
            EXPECT_TRUE(endpoint->IsRunning()) << profile.GetName();
        }
    }
}

// A helper takes a profile for either side, and what is set later wins.
TEST_F(L2tpProfileTest, ByAHelper)
{
    NodeContainer nodes(2);
    InternetStackHelper().Install(nodes);
    SimpleNetDeviceHelper link;
    Ipv4AddressHelper("192.0.2.0", "255.255.255.0").Assign(link.Install(nodes));
    L2tpVoluntaryHelper vpn;
    vpn.SetProfile("l2tpns");
    vpn.SetLacProfile("xl2tpd");
    vpn.SetLacAttribute("HelloInterval", TimeValue(Seconds(7)));
    const L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(1));
    UintegerValue window;
    TimeValue time;
    tunnels.GetLac(0)->GetAttribute("PeerWindow", window);
    EXPECT_EQ(window.Get(), 32767U);
    tunnels.GetLac(0)->GetAttribute("HelloInterval", time);
    EXPECT_EQ(time.Get(), Seconds(7));
    tunnels.GetLns()->GetAttribute("PeerWindow", window);
    EXPECT_EQ(window.Get(), 0U);
    tunnels.GetLns()->GetAttribute("LingerTime", time);
    EXPECT_EQ(time.Get(), Seconds(70));
}

// An unknown name stops the program, and the known ones are listed.
TEST_F(L2tpProfileDeathTest, UnknownNames)
{
    EXPECT_DEATH(L2tpProfile::Get("xl2tp"),
                 "there is no profile 'xl2tp': choose one of rfc2661, xl2tpd, go-l2tp");
}

// A policy whose attribute is out of range stops the program at the start: ns-3 would leave it
// unset, and an interval of 0 s would send all retransmissions at once.
TEST_F(L2tpProfileDeathTest, APolicyOutOfRange)
{
    Ptr<Node> node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    node->AddApplication(m_lac);
    m_lac->SetAttribute("RetransmissionPolicy",
                        StringValue("ns3::L2tpAdaptiveTimeout[MinTimeout=1s|MaxTimeout=4s]"));
    EXPECT_DEATH(m_lac->Start(),
                 "L2tpEndpoint::RetransmissionPolicy is 'ns3::L2tpAdaptiveTimeout.*', of which "
                 "MaxTimeout=.* is out of range: give MaxTimeout a value of type Time");
}

// A class that is no policy of the kind stops the program at the start, and is named.
TEST_F(L2tpProfileDeathTest, APolicyOfAnotherKind)
{
    Ptr<Node> node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    node->AddApplication(m_lac);
    for (const char* name :
         {"RetransmissionPolicy", "CongestionWindow", "AcknowledgementPolicy", "ReceiveQueueing"})
    {
        const auto lac = CreateObject<L2tpLac>();
        node->AddApplication(lac);
        lac->SetAttribute(name, StringValue("ns3::L2tpLac"));
        EXPECT_DEATH(lac->Start(),
                     std::string("L2tpEndpoint::") + name +
                         " is 'ns3::L2tpLac': name a class that derives from ns3::L2tp");
    }
}
