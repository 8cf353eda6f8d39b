/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_COPY_MARKING_H
#define L2TP_COPY_MARKING_H

#include "l2tp-ecn.h"
#include "l2tp-marking.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief DSCP and ECN of the packets inside a tunnel are copied out, and back, as far as attributes
 * say so.
 *
 * ECN goes by RFC 6040. For the DSCP there are the two models of RFC 2983, section 3: in the pipe
 * model (`DscpOut` or not, `DscpBack` false) what routers on the way make of it ends with the
 * tunnel; in the uniform model (both true) a tunnel is as a hop.
 *
 * Frames that have no DSCP of their own, as PPP's control protocols, have the session's one, and
 * control messages that of the control connection. RFC 3308 lets the ends negotiate both; here each
 * end is told.
 */
class L2tpCopyMarking : public L2tpMarking
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    uint8_t GetControlClass() const override;
    uint8_t GetDataClass(const Ptr<const Packet>& frame) const override;
    L2tpMarkingOutcome Receive(const Ptr<Packet>& frame, uint8_t outer) const override;

  private:
    bool m_dscpOut;        //!< attribute DscpOut
    bool m_dscpBack;       //!< attribute DscpBack
    uint8_t m_sessionDscp; //!< attribute SessionDscp
    uint8_t m_controlDscp; //!< attribute ControlDscp
    L2tpEcnMode m_ecn;     //!< attribute Ecn
};

} // namespace ns3

#endif /* L2TP_COPY_MARKING_H */
