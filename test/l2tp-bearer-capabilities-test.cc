/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What LAC and LNS say of the bearers that they have (RFC 2661, section 4.4.3).

#include "l2tp-outgoing-call-fixture.h"

using namespace ns3;

namespace
{

class L2tpBearerCapabilitiesTest : public L2tpOutgoingCallTest
{
};

} // namespace

// Section 4.4.3: who can place outgoing calls sets "A or D as appropriate", in an SCCRQ as in an
// SCCRP; an LNS that can't, and a LAC that can't either, set none.
// RFC 2661: 4.4.3-06, 4.4.3-07, 4.4.3-08
TEST_F(L2tpBearerCapabilitiesTest, EachEndAdvertisesTheBearersThatItHas)
{
    for (const bool lacOpens : {false, true})
    {
        for (const uint32_t bearers : {0U, 1U, 2U, 3U})
        {
            SCOPED_TRACE(bearers);
            BuildEnds(false);
            dialer->bearers = bearers;
            if (bearers != 0)
            {
                lac->SetDialer(dialer);
            }
            if (lacOpens)
            {
                lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                               L2tpCallParameters(),
                               Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}),
                               Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}));
            }
            else
            {
                Place();
            }
            RunUntil(MilliSeconds(600));
            const auto& sccrq = Last(L2tpMessageType::SCCRQ);
            const auto& sccrp = Last(L2tpMessageType::SCCRP);
            EXPECT_EQ((lacOpens ? sccrq : sccrp).Get(L2tpAvps::BEARER_CAPABILITIES), bearers);
            EXPECT_EQ((lacOpens ? sccrp : sccrq).Get(L2tpAvps::BEARER_CAPABILITIES), 0U);
            Clear();
            wire.clear();
        }
    }
}
