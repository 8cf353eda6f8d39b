/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-disconnect-cause.h"

#include <cctype>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// RFC 3145, sections 3.1 to 3.4, as they are.
const char* const SECTION_3 = R"RFC(
3.1.  Global Errors

   The global error codes, given in the list below, are Disconnect Codes
   that do not relate to one particular PPP Control Protocol.  The
   Control Protocol Number for these errors thus MUST be set to 0.

   0    No information available.

   1    Administrative disconnect.

   2    Link Control Protocol (LCP) renegotiation at LNS disabled; LNS
        expects proxy LCP information, LAC did not send it.

   3    Normal Disconnection, LCP Terminate-Request sent.

        Valid Direction values are:

           1: LCP Terminate-Request sent by peer
           2: LCP Terminate-Request sent by local

   4    Compulsory encryption required by a PPP peer was refused by the
        other.

        Valid Direction values are:

           1: Required by local; refused by peer
           2: Required by peer; refused by local

3.2.  LCP Errors

   The LCP error codes, listed below, are disconnect reasons that are
   directly related to the failure of PPP peers to negotiate mutually
   agreeable link parameters.  The Control Protocol Number for these
   errors MUST be set to C021 hexadecimal (LCP).

   5    FSM (Finite State Machine) Timeout error.  (PPP event "TO-".)

   6    No recognizable LCP packets were received.

   7    LCP failure: Magic Number error; link possibly looped back.

   8    LCP link failure: Echo Request timeout.

   9    Peer has unexpected Endpoint-Discriminator for existing
        Multilink PPP (MP) bundle.

   10   Peer has unexpected MRRU for existing MP bundle.

   11   Peer has unexpected Short-Sequence-Number option for existing
        MP bundle.

   12   Compulsory call-back required by a PPP peer was refused by the
        other.

        Valid Direction values are:

           1: Required by local; refused by peer
           2: Required by peer; refused by local

3.3.  Authentication Errors

   The authentication error codes, listed below, are disconnect reasons
   that are directly related to authentication failures between the PPP
   peers.  The Control Protocol Number for such errors MUST correspond
   to the PPP Control Protocol number for the authentication protocol in
   use.

   13   FSM Timeout error.

   14   Peer has unexpected authenticated name for existing MP bundle.

   15   PPP authentication failure: Authentication protocol
        unacceptable.

        Valid Direction values are:

           1: All local authentication protocols were rejected by the
              peer.

           2: All authentication protocols requested by peer were
              unacceptable or unimplemented locally.

   16   PPP authentication failure: Authentication failed (bad name,
        password, or secret).

        Valid Direction values are:

           1: Authentication of peer identity by local system.
           2: Authentication of local identity by peer system.

3.4.  Network Control Protocol (NCP) Errors

   NCP Errors are disconnect reasons that are directly related to the
   failure of PPP peers to negotiate a mutually agreeable set of
   parameters for the network protocols.  The Control Protocol Number
   for such errors SHOULD correspond to the PPP Network Control Protocol
   number in use.  Where multiple network protocols are in use, multiple
   copies of this AVP MAY be given to indicate failure reasons for each
   NCP.  Otherwise, if only one copy of the AVP is given, the Control
   Protocol Number SHOULD correspond to the last (most recent) failing
   NCP.

   17   FSM Timeout error.

   18   No NCPs available (all disabled or rejected); no NCPs went to
        Opened state.  (Control Protocol Number may be zero only if
        neither peer has enabled NCPs.)

   19   NCP failure: failed to converge on acceptable addresses.

        Valid Direction values are:

           1: Too many Configure-Naks received from peer.
           2: Too many Configure-Naks sent to peer.

   20   NCP failure: user not permitted to use any addresses.

        Valid Direction values are:

           1: Local link address not acceptable to peer.
           2: Remote link address not acceptable to local system.
)RFC";

/// What the RFC says of one Disconnect Code.
struct Paragraph
{
    std::string section;              //!< where it stands
    std::string text;                 //!< the text, its lines joined
    std::map<int, std::string> words; //!< of each Direction value that is named
};

/**
 * @brief Append a line to a text, with one space between them.
 * @param text the text
 * @param line the line, blanks before it left out
 */
void
Join(std::string& text, const std::string& line)
{
    // What is hyphenated stays one word.
    const bool hyphen = !text.empty() && text.back() == '-';
    text += (text.empty() || hyphen ? "" : " ") + line;
}

/**
 * @brief Take section 3 apart.
 * @return the paragraphs, by Disconnect Code
 */
std::map<int, Paragraph>
Paragraphs()
{
    std::map<int, Paragraph> found;
    std::string section;
    int code = -1;
    int direction = -1;
    std::istringstream stream(SECTION_3);
    for (std::string line; std::getline(stream, line);)
    {
        const std::size_t indent = line.find_first_not_of(' ');
        if (indent == std::string::npos)
        {
            continue;
        }
        std::string rest = line.substr(indent);
        const bool numbered = std::isdigit(static_cast<unsigned char>(rest[0]));
        if (indent == 0)
        {
            section = rest.substr(0, 3);
            code = -1;
        }
        else if (indent == 3 && numbered)
        {
            code = std::stoi(rest);
            direction = -1;
            rest = rest.substr(rest.find(' '));
            found[code] = {section, rest.substr(rest.find_first_not_of(' ')), {}};
        }
        else if (code >= 0 && rest == "Valid Direction values are:")
        {
            direction = 0;
        }
        else if (code >= 0 && direction >= 0)
        {
            if (numbered)
            {
                direction = rest[0] - '0';
                rest = rest.substr(3);
            }
            Join(found[code].words[direction], rest);
        }
        else if (code >= 0)
        {
            Join(found[code].text, rest);
        }
    }
    return found;
}

/**
 * @brief Compare words with the RFC's, whose full stop is left out.
 * @param words the words, null for none
 * @param rfc the RFC's, empty for none
 */
void
ExpectWords(const char* words, std::string rfc)
{
    if (!rfc.empty() && rfc.back() == '.')
    {
        rfc.pop_back();
    }
    EXPECT_EQ(words ? words : "", rfc);
}

} // namespace

// RFC 3145, section 3: each code, in the RFC's words.
TEST(L2tpDisconnectCause, EveryCodeIsThatOfSection3)
{
    const std::map<std::string, L2tpDisconnectGroup> groups{
        {"3.1", L2tpDisconnectGroup::GLOBAL},
        {"3.2", L2tpDisconnectGroup::LCP},
        {"3.3", L2tpDisconnectGroup::AUTHENTICATION},
        {"3.4", L2tpDisconnectGroup::NETWORK},
    };
    auto paragraphs = Paragraphs();
    ASSERT_EQ(paragraphs.size(), 21u);
    ASSERT_EQ(L2TP_DISCONNECT_CODES.size(), 21u);
    for (auto& [code, paragraph] : paragraphs)
    {
        SCOPED_TRACE(code);
        const L2tpDisconnectCodeInfo& info = L2TP_DISCONNECT_CODES[code];
        EXPECT_EQ(info.code, code);
        EXPECT_EQ(info.group, groups.at(paragraph.section));
        // Codes 5 and 18 have a remark behind the sentence.
        const std::size_t remark = paragraph.text.find(".  (");
        ExpectWords(info.words, paragraph.text.substr(0, remark));
        ExpectWords(info.atPeer, paragraph.words[1]);
        ExpectWords(info.atLocal, paragraph.words[2]);
        EXPECT_EQ(paragraph.words.size(), 2u) << "no other directions";
    }
}

// RFC 3145, section 2: code, direction, protocol and message, each as far as it says something.
TEST(L2tpDisconnectCause, Describe)
{
    EXPECT_EQ(L2tpDisconnectCause().Describe(), "0 No information available");
    EXPECT_EQ((L2tpDisconnectCause{3, 0, 2, "administrative request"}).Describe(),
              "3 Normal Disconnection, LCP Terminate-Request sent, LCP Terminate-Request sent by "
              "local (administrative request)");
    EXPECT_EQ((L2tpDisconnectCause{16, 0xc223, 1, ""}).Describe(),
              "16 PPP authentication failure: Authentication failed (bad name, password, or "
              "secret), Authentication of peer identity by local system, protocol c223");
    EXPECT_EQ((L2tpDisconnectCause{7, 0x21, 0, ""}).Describe(),
              "7 LCP failure: Magic Number error; link possibly looped back, protocol 0021");
    EXPECT_EQ((L2tpDisconnectCause{1, 0, 1, ""}).Describe(),
              "1 Administrative disconnect, at peer");
    EXPECT_EQ((L2tpDisconnectCause{1, 0, 2, ""}).Describe(),
              "1 Administrative disconnect, at local");
}

// RFC 3145, sections 2 and 6: what is reserved or assigned later is shown, whatever it is.
TEST(L2tpDisconnectCause, DescribesWhatTheRfcDoesNotDefine)
{
    EXPECT_EQ((L2tpDisconnectCause{21, 0, 1, "new"}).Describe(),
              "21 not defined by RFC 3145, at peer (new)");
    EXPECT_EQ((L2tpDisconnectCause{65535, 0, 255, ""}).Describe(),
              "65535 not defined by RFC 3145, reserved direction");
}
