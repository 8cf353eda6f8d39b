/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Seeds of the targets that take a script: what is usual from the beginning to the end, so that
// what is unusual happens in each state on the way. The targets say what the octets mean.

#include "l2tp-fuzz-seeds.h"

#include <initializer_list>

namespace ns3
{

namespace
{

using OctetString = FuzzSeeds::OctetString;

/// A script, written from left to right.
class Script
{
  public:
    /// Begin. @param octets how that is what things are done to
    Script(std::initializer_list<uint8_t> octets)
        : m_octets(octets)
    {
    }

    /// Go on. @param octets what comes next @return this
    Script& operator()(std::initializer_list<uint8_t> octets)
    {
        m_octets.insert(m_octets.end(), octets);
        return *this;
    }

    /// Go on. @param more what comes next @return this
    Script& operator()(const OctetString& more)
    {
        m_octets.insert(m_octets.end(), more.begin(), more.end());
        return *this;
    }

    /// What was written. @return the octets
    const OctetString& Get() const
    {
        return m_octets;
    }

  private:
    OctetString m_octets; //!< what was written
};

/// A step of a script: time that passes. @param index how much @return it
constexpr uint8_t
Wait(uint8_t index)
{
    return static_cast<uint8_t>(index << 3);
}

/// What FuzzPppPeer says.
namespace say
{
const OctetString LCP_ACK{2, 0};         //!< the Configure-Ack of LCP
const OctetString LCP_REQUEST{4, 1};     //!< a Configure-Request of LCP
const OctetString LCP_PLAIN{4, 0};       //!< one without options
const OctetString LCP_NAK{3, 0, 1};      //!< a Configure-Nak with what was asked for
const OctetString LCP_REJECT{3, 0, 0};   //!< a Configure-Reject
const OctetString LCP_WANTS_PAP{4, 3};   //!< a Configure-Request that wants PAP
const OctetString LCP_WANTS_CHAP{4, 4};  //!< one that wants CHAP
const OctetString LCP_WANTS_MS{4, 5};    //!< one that wants MS-CHAP-V2
const OctetString IPCP_ACK{2, 1};        //!< the Configure-Ack of IPCP
const OctetString IPCP_REQUEST{4, 7};    //!< a Configure-Request of IPCP without an address
const OctetString IPCP_SECOND{4, 8};     //!< one with an address
const OctetString IPV6CP_ACK{2, 2};      //!< the Configure-Ack of IPV6CP
const OctetString IPV6CP_REQUEST{4, 12}; //!< a Configure-Request of IPV6CP
const OctetString PAP{5, 0};             //!< the right password
const OctetString PAP_ACK{5, 2, 0};      //!< the peer's consent to the link's password
const OctetString CHAP{5, 3};            //!< the right response
const OctetString MS_CHAP{5, 4};         //!< the right response
const OctetString CHALLENGE{5, 5};       //!< a challenge
const OctetString SUCCESS{5, 6, 0};      //!< the peer's consent to the response
const OctetString FAILURE{5, 6 | 8, 0};  //!< the opposite
const OctetString ECHO{6, 4, 0, 1};      //!< an Echo-Request
const OctetString TERMINATE{6, 0, 0, 1}; //!< a Terminate-Request
const OctetString IPV4{7, 0, 2, 1, 2};   //!< a UDP datagram
const OctetString IPV6{7, 1, 2, 1, 2};   //!< a UDP datagram
const OctetString SOLICITATION{7, 3, 0}; //!< a Router Solicitation

/// Octets that are lengths, as they are in the packet, so that wrong ones are one change away.
const OctetString RAW_LCP{1, 0, 1, 9, 14, 1, 4, 5, 0xdc, 5, 6, 1, 2, 3, 4, 3, 4, 0xc0, 0x23};
const OctetString RAW_IPCP{1, 1, 1, 9, 18, 3, 6, 10, 8,    0,  2, 129,
                           6, 0, 0, 0, 0,  2, 6, 0,  0x2d, 15, 1};
const OctetString RAW_PAP{1, 3, 1, 9, 6, 2, 'a', 'b', 2, 'c', 'd'}; //!< a password
const OctetString RAW_CHAP{1, 4, 2, 1, 6, 4, 1, 2, 3, 4, 'x'};      //!< a response
const OctetString RAW_CHALLENGE{1, 4, 1, 9, 6, 4, 1, 2, 3, 4, 'x'}; //!< a challenge
const OctetString RAW_PAP_ACK{1, 3, 2, 1, 3, 2, 'o', 'k'};          //!< a consent
} // namespace say

/// What each end of a link hears before it is up, by how it asks who the peer is. @return by
/// PppAuthProtocol
std::vector<std::vector<OctetString>>
ComeUp()
{
    const std::vector<OctetString> before{say::RAW_LCP, say::LCP_ACK, say::LCP_REQUEST};
    const std::vector<OctetString> after{say::RAW_IPCP,
                                         say::IPCP_REQUEST,
                                         say::IPCP_ACK,
                                         say::IPCP_SECOND,
                                         say::IPV6CP_ACK,
                                         say::IPV6CP_REQUEST,
                                         say::IPV4,
                                         say::IPV6,
                                         say::SOLICITATION,
                                         say::ECHO,
                                         say::TERMINATE};
    std::vector<std::vector<OctetString>> all;
    for (const OctetString& proof : {say::ECHO, say::PAP, say::CHAP, say::MS_CHAP})
    {
        all.push_back(before);
        all.back().push_back(proof);
        all.back().insert(all.back().end(), after.begin(), after.end());
    }
    return all;
}

} // namespace

FuzzSeeds
FuzzPppLinkSeeds()
{
    constexpr uint8_t FRAME = 2; // a frame of the peer
    FuzzSeeds seeds;
    const auto ways = ComeUp();
    for (uint8_t auth = 0; auth < ways.size(); ++auth)
    {
        // Without IPv6 and with it, and with all that is done by and by.
        for (const uint8_t how : {128, 128 | 8, 128 | 8 | 16 | 32})
        {
            Script script{static_cast<uint8_t>(auth | how),
                          static_cast<uint8_t>(how & 16 ? 63 : 0)};
            for (const OctetString& frame : ways[auth])
            {
                script({FRAME})(frame)({Wait(1)});
            }
            seeds.inputs.push_back(script({Wait(7), Wait(7)}).Get());
        }
    }
    // Who the peer is isn't proven.
    for (const uint8_t auth : {1, 2, 3})
    {
        Script script{static_cast<uint8_t>(auth | 128), 0};
        script({FRAME})(say::LCP_ACK)({FRAME})(say::LCP_REQUEST);
        script({FRAME})(auth == 1 ? say::RAW_PAP : say::RAW_CHAP);
        seeds.inputs.push_back(script({Wait(5)}).Get());
    }
    // This end is asked who it is.
    seeds.inputs.push_back(
        Script{4, 0}({FRAME})(say::LCP_ACK)({FRAME})(say::LCP_WANTS_PAP)({FRAME})(say::RAW_PAP_ACK)(
            {FRAME})(say::PAP_ACK)({FRAME})(say::IPCP_ACK)({FRAME})(say::IPCP_SECOND)
            .Get());
    for (const OctetString& wish : {say::LCP_WANTS_CHAP, say::LCP_WANTS_MS})
    {
        for (const OctetString& verdict : {say::SUCCESS, say::FAILURE})
        {
            seeds.inputs.push_back(
                Script{4, 64}({FRAME})(say::LCP_ACK)({FRAME})(wish)({FRAME})(say::RAW_CHALLENGE)(
                    {FRAME})(say::CHALLENGE)({FRAME})(verdict)({Wait(5)})
                    .Get());
        }
    }
    // What is asked for is refused; and each thing that this end's user does.
    seeds.inputs.push_back(Script{2, 7}({FRAME})(say::LCP_NAK)({FRAME})(say::LCP_REJECT)({FRAME})(
                               say::LCP_ACK)({FRAME})(say::LCP_PLAIN)
                               .Get());
    Script acts{0, 0};
    for (uint8_t act = 0; act < 16; ++act)
    {
        acts({static_cast<uint8_t>(1 | act << 3), Wait(5), FRAME})(say::LCP_ACK)({FRAME})(
            say::LCP_REQUEST);
    }
    seeds.inputs.push_back(acts.Get());
    seeds.words = FuzzPppFrameSeeds().words;
    return seeds;
}

FuzzSeeds
FuzzEndpointSeeds()
{
    constexpr uint8_t CONTROL = 5; // a control message; then which tunnel and call, then its index
    constexpr uint8_t DATA = 3;    // a data message
    constexpr uint8_t DIAL = 1 | 3 << 3;

    enum Message : uint8_t
    {
        SCCRQ,
        SCCRP,
        SCCCN,
        STOPCCN,
        HELLO,
        OCRQ,
        OCRP,
        OCCN,
        ICRQ,
        ICRP,
        ICCN,
        CDN,
        WEN,
        SLI,
        ZLB
    };

    FuzzSeeds seeds;
    const auto ways = ComeUp();
    // To an LNS: with no secret, with one, and with one and a challenge; hidden, too.
    for (uint8_t auth = 0; auth < ways.size(); ++auth)
    {
        for (const uint8_t secret : {0, 2, 6})
        {
            const uint8_t hide = secret ? 0x40 : 0;
            Script script{static_cast<uint8_t>(auth << 3 | secret | (auth == 0 ? 32 : 0)),
                          static_cast<uint8_t>(secret ? 1 | 4 : 0),
                          static_cast<uint8_t>(auth << 4 | auth)};
            for (const uint8_t message : {SCCRQ, SCCCN, ICRQ, ICCN})
            {
                script({CONTROL, hide, message, Wait(1)});
            }
            for (const OctetString& frame : ways[auth])
            {
                script({DATA, 0})(frame)({Wait(1)});
            }
            for (const uint8_t message : {HELLO, WEN, SLI, CDN, STOPCCN})
            {
                script({CONTROL, 0, message, Wait(6)});
            }
            seeds.inputs.push_back(script.Get());
        }
    }
    // What a LAC tells of PPP; and a call whose data is numbered and padded.
    seeds.inputs.push_back(
        Script{64 | 8, 0, 32}({CONTROL, 0, SCCRQ, CONTROL, 0, SCCCN})(
            {CONTROL, 0, ICRQ, CONTROL, 0x80, ICCN, 0xff, DATA, 32 | 64 | 128, 0, 3})(
            say::LCP_REQUEST)
            .Get());
    // An LNS dials out, and a LAC is asked to; a LAC's client dials.
    seeds.inputs.push_back(
        Script{0, 0, 0}({DIAL, 1, '5', CONTROL, 1, SCCRP, CONTROL, 1, OCRP})(
            {CONTROL, 1, OCCN, DATA, 1})(say::LCP_REQUEST)({CONTROL, 1, CDN, Wait(6)})
            .Get());
    seeds.inputs.push_back(
        Script{1 | 128, 32, 64}({CONTROL, 0, SCCRQ, CONTROL, 0, SCCCN})(
            {CONTROL, 0x80, OCRQ, 0xff, Wait(4), DATA, 0})(say::LCP_REQUEST)({CONTROL, 0, SLI})
            .Get());
    for (const uint8_t secret : {0, 2, 6})
    {
        Script script{static_cast<uint8_t>(1 | 64 | secret), 8 | 64, 16};
        for (const uint8_t message : {SCCRP, ICRP, ZLB})
        {
            script({CONTROL, 1, message, Wait(2)});
        }
        for (const OctetString& frame : {say::LCP_WANTS_CHAP,
                                         say::LCP_ACK,
                                         say::CHALLENGE,
                                         say::SUCCESS,
                                         say::IPCP_ACK,
                                         say::IPCP_REQUEST,
                                         say::IPV4})
        {
            script({DATA, 1})(frame)({Wait(1)});
        }
        seeds.inputs.push_back(script({CONTROL, 1, STOPCCN, Wait(7)}).Get());
    }
    // What each end's users do.
    for (const uint8_t role : {0, 1 | 64 | 128})
    {
        Script acts{role, 2, 8};
        for (uint8_t act = 0; act < 32; ++act)
        {
            acts({static_cast<uint8_t>(1 | act << 3), 0, 0, Wait(5)});
        }
        seeds.inputs.push_back(acts.Get());
    }
    // Octets as they are.
    const FuzzSeeds messages = FuzzMessageSeeds();
    for (const OctetString& input : messages.inputs)
    {
        if (input.size() < 100)
        {
            seeds.inputs.push_back(
                Script{0, 0, 0}({2, 1, static_cast<uint8_t>(input.size())})(input).Get());
        }
    }
    seeds.words = messages.words;
    return seeds;
}

FuzzSeeds
FuzzPppoeEndsSeeds()
{
    constexpr uint8_t DISCOVERY = 3; // then the index of the code, then how it is wrong
    constexpr uint8_t SESSION = 6;   // a frame of a session

    enum Code : uint8_t
    {
        PADI,
        PADO,
        PADR,
        PADS,
        PADT
    };

    FuzzSeeds seeds;
    const auto ways = ComeUp();
    for (const uint8_t how : {0, 2, 4, 8, 1, 3, 5, 9, 17})
    {
        const bool isHost = how & 1;
        Script script{how};
        script({DISCOVERY, isHost ? PADO : PADI, 0, Wait(3)});
        script({DISCOVERY, isHost ? PADS : PADR, 0, Wait(2)});
        for (const OctetString& frame : ways.front())
        {
            script({SESSION, 0})(frame)({Wait(1)});
        }
        seeds.inputs.push_back(script({DISCOVERY, PADT, 0, Wait(7)}).Get());
    }
    // Other TAGs, and what the users do.
    for (const uint8_t how : {0, 1})
    {
        Script script{how};
        for (uint8_t tag = 0; tag < 11; ++tag)
        {
            script(
                {DISCOVERY, static_cast<uint8_t>(how ? PADO : PADI), 4, tag, 2, 5, 0xd8, Wait(1)});
            script(
                {DISCOVERY, static_cast<uint8_t>(how ? PADS : PADR), 4, tag, 2, 5, 0xd8, Wait(1)});
            script({static_cast<uint8_t>(1 | tag << 3), Wait(4)});
        }
        seeds.inputs.push_back(script.Get());
    }
    seeds.words = FuzzPppoePacketSeeds().words;
    return seeds;
}

FuzzSeeds
FuzzRadiusEndsSeeds()
{
    constexpr uint8_t ASK = 1;     // and what, in the upper bits
    constexpr uint8_t REPLY = 3;   // and how, in the upper bits
    constexpr uint8_t REQUEST = 6; // and how, in the upper bits
    const OctetString name{5, 'a', 'l', 'i', 'c', 'e'};
    const OctetString tunnel{3, 64, 4, 1, 0,   0,   3,   65,  4,   1,   0,   0,
                             1, 67, 9, 1, '1', '0', '.', '1', '.', '0', '.', '9'};
    FuzzSeeds seeds;
    for (const uint8_t what : {1, 2, 0, 4, 20, 8})
    {
        for (const uint8_t code : {0, 1, 2, 3})
        {
            seeds.inputs.push_back(Script{static_cast<uint8_t>(
                ASK | what << 3)}(name)(name)({Wait(2), static_cast<uint8_t>(REPLY | code << 3)})(
                                       tunnel)({Wait(7)})
                                       .Get());
        }
    }
    for (uint8_t how = 0; how < 32; ++how)
    {
        const uint8_t step = REQUEST | how << 3;
        seeds.inputs.push_back(Script{step, 1, 1, 0, step, 1, 1, 0, Wait(6), step, 2, 1, 0}.Get());
    }
    seeds.words = FuzzRadiusPacketSeeds().words;
    return seeds;
}

} // namespace ns3
