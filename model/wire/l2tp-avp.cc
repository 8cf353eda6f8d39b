/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp.h"

#include "ns3/abort.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>
#include <functional>

namespace ns3
{

using boost::endian::load_big_u16;
using boost::endian::store_big_u16;

const char*
L2tpAvpErrorName(L2tpAvpError error)
{
    switch (error)
    {
    case L2tpAvpError::NONE:
        return "none";
    case L2tpAvpError::TRUNCATED:
        return "avp-truncated";
    case L2tpAvpError::TOO_SHORT:
        return "avp-length-below-6";
    case L2tpAvpError::OVERRUN:
        return "avp-overruns-message";
    }
    return "unknown";
}

L2tpAvpError
ParseL2tpAvp(L2tpByteView& octets, L2tpAvp& avp)
{
    if (octets.size() < L2tpAvp::HEADER_SIZE)
    {
        return L2tpAvpError::TRUNCATED;
    }
    const uint16_t word = load_big_u16(octets.data());
    const std::size_t length = word & L2tpAvp::LENGTH_BITS;
    if (length < L2tpAvp::HEADER_SIZE)
    {
        return L2tpAvpError::TOO_SHORT;
    }
    if (length > octets.size())
    {
        return L2tpAvpError::OVERRUN;
    }
    avp.flags = word & ~L2tpAvp::LENGTH_BITS;
    avp.vendor = load_big_u16(octets.data() + 2);
    avp.type = load_big_u16(octets.data() + 4);
    avp.value = octets.Sub(L2tpAvp::HEADER_SIZE, length - L2tpAvp::HEADER_SIZE);
    octets = octets.Sub(length);
    return L2tpAvpError::NONE;
}

void
AppendL2tpAvp(const L2tpAvp& avp, std::vector<uint8_t>& body)
{
    const std::size_t length = L2tpAvp::HEADER_SIZE + avp.value.size();
    NS_ABORT_MSG_IF(length > L2tpAvp::MAX_SIZE,
                    "The value of AVP " << avp.type << " has " << avp.value.size()
                                        << " octets; an AVP holds at most "
                                        << L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE
                                        << " (RFC 2661, section 4.1): shorten it");
    const std::size_t at = body.size();
    // A value that lies in the body itself moves with it when it grows.
    const std::less<const uint8_t*> before;
    const bool inBody =
        !before(avp.value.begin(), body.data()) && before(avp.value.begin(), body.data() + at);
    const std::size_t from = inBody ? avp.value.begin() - body.data() : 0;
    body.resize(at + length);
    const uint8_t* value = inBody ? body.data() + from : avp.value.begin();
    store_big_u16(&body[at], static_cast<uint16_t>(avp.flags | length));
    store_big_u16(&body[at + 2], avp.vendor);
    store_big_u16(&body[at + 4], avp.type);
    std::copy(value, value + avp.value.size(), body.begin() + at + L2tpAvp::HEADER_SIZE);
}

} // namespace ns3
