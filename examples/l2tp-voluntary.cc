/*
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/applications-module.h"
#include "ns3/internet-apps-module.h"
using namespace ns3;
int main(int argc,char**argv){
  GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
  CommandLine cmd; double loss=0.01; cmd.AddValue("Loss","l",loss); cmd.Parse(argc,argv);
  NodeContainer n; n.Create(5); // host, r1, r2, lns, server
  InternetStackHelper().Install(n);
  PointToPointHelper p; p.SetDeviceAttribute("DataRate",StringValue("100Mbps")); p.SetChannelAttribute("Delay",StringValue("2ms"));
  Ipv4AddressHelper a("10.1.1.0","255.255.255.0");
  std::vector<NetDeviceContainer> d;
  for(int i=0;i<4;i++){ d.push_back(p.Install(n.Get(i),n.Get(i+1))); a.Assign(d.back()); a.NewNetwork(); }
  Ipv4GlobalRoutingHelper::PopulateRoutingTables();
  Ptr<RateErrorModel> e=CreateObject<RateErrorModel>(); e->SetUnit(RateErrorModel::ERROR_UNIT_PACKET); e->SetRate(loss);
  d[1].Get(1)->SetAttribute("ReceiveErrorModel",PointerValue(e));
  L2tpVoluntaryHelper vpn; vpn.SetAddressPool("10.8.0.0","255.255.255.0"); vpn.SetCredentials("alice","wonderland"); vpn.SetLnsAddress("10.1.3.2");
  auto t=vpn.Install(NodeContainer(n.Get(0)),n.Get(3)); vpn.EnablePcapAll("/tmp/v/inner"); p.EnablePcap("/tmp/v/outer",n);
  Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(n.Get(4)->GetObject<Ipv4>()->GetRoutingProtocol())->AddNetworkRouteTo("10.8.0.0","255.255.255.0","10.1.4.1",1);
  V4PingHelper ping("10.1.4.2"); ping.SetAttribute("Verbose",BooleanValue(true)); auto pa=ping.Install(n.Get(0)); pa.Start(Seconds(2)); pa.Stop(Seconds(6));
  BulkSendHelper b("ns3::TcpSocketFactory",InetSocketAddress("10.1.4.2",9)); b.SetAttribute("MaxBytes",UintegerValue(1000000)); auto ba=b.Install(n.Get(0)); ba.Start(Seconds(2));
  PacketSinkHelper s("ns3::TcpSocketFactory",InetSocketAddress(Ipv4Address::GetAny(),9)); auto sa=s.Install(n.Get(4));
  t.Stop(Seconds(30)); Simulator::Stop(Seconds(100)); 
  Simulator::Schedule(Seconds(10),[&]{std::cout<<t.GetClientAddress(0)<<" "<<DynamicCast<PacketSink>(sa.Get(0))->GetTotalRx()<<std::endl;});
  Simulator::Run();
  std::cout<<DynamicCast<PacketSink>(sa.Get(0))->GetTotalRx()<<" "<<t.GetLns()->GetNTunnelsHeld()<<t.GetLac(0)->GetNTunnelsHeld()<<" "<<t.GetClient(0)->GetLastReason()<<std::endl;
  Simulator::Destroy();
}
