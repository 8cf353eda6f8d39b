/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-hdlc-framing.h"

#include "ppp-frame-header.h"
#include "ppp-protocol.h"

#include <boost/crc.hpp>

namespace ns3
{

namespace
{

/// The FCS-16 (Appendix C.2): x^16 + x^12 + x^5 + 1, reflected, from all ones, complemented.
using Fcs16 = boost::crc_optimal<16, 0x1021, 0xffff, 0xffff, true, true>;

constexpr uint8_t FIRST_NORMAL = 0x20;        //!< what is below can be in an ACCM
constexpr uint8_t FIRST_ESCAPABLE = 0x40;     //!< 0x20 to 0x3f would turn into control characters
constexpr uint8_t FIRST_DEFAULT_LCP_CODE = 1; //!< Configure-Request
constexpr uint8_t LAST_DEFAULT_LCP_CODE = 7;  //!< Code-Reject

/// Whether a map has an octet.
bool
IsMapped(uint32_t accm, uint8_t octet)
{
    return octet < FIRST_NORMAL && (accm >> octet & 1) == 1;
}

/// Whether a frame has to be sent as if nothing had been negotiated (RFC 1661, section 5).
bool
IsLcpDefault(const uint8_t* frame, std::size_t size)
{
    PppFrameHeader header;
    if (PppFrameHeader::Parse(frame, size, header) != PppFrameError::NONE ||
        header.GetProtocol() != ppp_protocol::LCP || size <= header.GetSerializedSize())
    {
        return false;
    }
    const uint8_t code = frame[header.GetSerializedSize()];
    return code >= FIRST_DEFAULT_LCP_CODE && code <= LAST_DEFAULT_LCP_CODE;
}

} // namespace

uint16_t
PppFcs16(const uint8_t* octets, std::size_t size)
{
    Fcs16 fcs;
    fcs.process_bytes(octets, size);
    return fcs.checksum();
}

void
AppendPppFcs16(std::vector<uint8_t>& frame)
{
    const uint16_t fcs = PppFcs16(frame.data(), frame.size());
    frame.push_back(static_cast<uint8_t>(fcs));
    frame.push_back(static_cast<uint8_t>(fcs >> 8));
}

bool
CheckPppFcs16(const uint8_t* octets, std::size_t size)
{
    const uint8_t* fcs = octets + size - ppp_hdlc::FCS_SIZE;
    return PppFcs16(octets, size - ppp_hdlc::FCS_SIZE) == (fcs[0] | fcs[1] << 8);
}

PppHdlcEncoder::PppHdlcEncoder()
{
    m_escaped[ppp_hdlc::FLAG] = true;
    m_escaped[ppp_hdlc::ESCAPE] = true;
}

void
PppHdlcEncoder::SetAccm(uint32_t accm)
{
    m_accm = accm;
}

uint32_t
PppHdlcEncoder::GetAccm() const
{
    return m_accm;
}

bool
PppHdlcEncoder::AddEscape(uint8_t octet)
{
    if (octet < FIRST_ESCAPABLE || (octet ^ ppp_hdlc::TOGGLE) == ppp_hdlc::FLAG)
    {
        return false;
    }
    m_escaped[octet] = true;
    return true;
}

void
PppHdlcEncoder::Encode(const uint8_t* frame,
                       std::size_t size,
                       bool opening,
                       std::vector<uint8_t>& out) const
{
    const uint32_t accm = IsLcpDefault(frame, size) ? ppp_hdlc::DEFAULT_ACCM : m_accm;
    const uint16_t fcs = PppFcs16(frame, size);
    const auto stuff = [&](uint8_t octet) {
        if (m_escaped[octet] || IsMapped(accm, octet))
        {
            out.push_back(ppp_hdlc::ESCAPE);
            octet ^= ppp_hdlc::TOGGLE;
        }
        out.push_back(octet);
    };
    if (opening)
    {
        out.push_back(ppp_hdlc::FLAG);
    }
    for (std::size_t i = 0; i < size; ++i)
    {
        stuff(frame[i]);
    }
    stuff(static_cast<uint8_t>(fcs));
    stuff(static_cast<uint8_t>(fcs >> 8));
    out.push_back(ppp_hdlc::FLAG);
}

PppHdlcDecoder::PppHdlcDecoder(std::size_t maxFrame)
    : m_limit(maxFrame + ppp_hdlc::FCS_SIZE)
{
}

void
PppHdlcDecoder::SetAccm(uint32_t accm)
{
    m_accm = accm;
}

uint32_t
PppHdlcDecoder::GetAccm() const
{
    return m_accm;
}

void
PppHdlcDecoder::Reset()
{
    m_frame.clear();
    m_hunting = true;
    m_escaped = false;
    m_complete = false;
}

PppHdlcResult
PppHdlcDecoder::Push(uint8_t octet)
{
    if (m_complete)
    {
        m_frame.clear();
        m_complete = false;
    }
    if (octet == ppp_hdlc::FLAG)
    {
        return Close();
    }
    if (m_hunting || IsMapped(m_accm, octet))
    {
        return PppHdlcResult::NONE;
    }
    if (m_escaped)
    {
        octet ^= ppp_hdlc::TOGGLE;
        m_escaped = false;
    }
    else if (octet == ppp_hdlc::ESCAPE)
    {
        m_escaped = true;
        return PppHdlcResult::NONE;
    }
    if (m_frame.size() == m_limit)
    {
        Reset();
        return PppHdlcResult::TOO_LONG;
    }
    m_frame.push_back(octet);
    return PppHdlcResult::NONE;
}

PppHdlcResult
PppHdlcDecoder::PushViolation()
{
    const bool spoilt = !m_hunting;
    Reset();
    return spoilt ? PppHdlcResult::BAD_OCTET : PppHdlcResult::NONE;
}

PppHdlcResult
PppHdlcDecoder::Close()
{
    auto result = PppHdlcResult::NONE;
    if (m_escaped)
    {
        result = PppHdlcResult::ABORTED;
    }
    else if (m_hunting || m_frame.empty())
    {
        result = PppHdlcResult::NONE;
    }
    else if (m_frame.size() < ppp_hdlc::MIN_FRAME)
    {
        result = PppHdlcResult::TOO_SHORT;
    }
    else if (!CheckPppFcs16(m_frame.data(), m_frame.size()))
    {
        result = PppHdlcResult::BAD_FCS;
    }
    else
    {
        m_frame.resize(m_frame.size() - ppp_hdlc::FCS_SIZE);
        m_complete = true;
        result = PppHdlcResult::FRAME;
    }
    if (!m_complete)
    {
        m_frame.clear();
    }
    m_hunting = false;
    m_escaped = false;
    return result;
}

const std::vector<uint8_t>&
PppHdlcDecoder::GetFrame() const
{
    return m_frame;
}

} // namespace ns3
