/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MESSAGE_ERROR_MODEL_H
#define L2TP_MESSAGE_ERROR_MODEL_H

#include "l2tp-frame-view.h"

#include "ns3/error-model.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <set>
#include <string>

namespace ns3
{

/// Which frames a L2tpMessageErrorModel is about. Unscoped, as EnumValue of ns-3.40 and earlier
/// needs it.
enum L2tpFrameChoice
{
    L2TP_FRAME_ANY,     //!< all with L2TP
    L2TP_FRAME_CONTROL, //!< control messages and ZLBs
    L2TP_FRAME_MESSAGE, //!< control messages
    L2TP_FRAME_ZLB,     //!< acknowledgements without a message
    L2TP_FRAME_DATA,    //!< data messages
};

/**
 * @ingroup l2tp
 *
 * @brief Loss by meaning: only acknowledgements, only data, or "the 2nd ICCN".
 *
 * It reads what passes, as no real network would, and loses by what it says:
 *
 * - all that match, if nothing else is said;
 * - those of them that attribute Which counts out: "2" loses the second, "1,3" the first and the
 *   third. Retransmissions count as well.
 * - those of them that another model loses, attribute Loss: so a rate or bursts can be those of
 *   acknowledgements only.
 *
 * What does not match always passes. Of a datagram in fragments only the first one matches.
 */
class L2tpMessageErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpMessageErrorModel();
    ~L2tpMessageErrorModel() override;

    /**
     * @brief Be about one kind of control message.
     * @param name its abbreviation, as RFC 2661 has it, "ICCN"; empty for no matter which. An
     * unknown one stops the program.
     */
    void SetMessage(const std::string& name);

    /**
     * @brief Lose those that are counted out.
     * @param which numbers from 1 on, with commas between; empty for all. What can't be read stops
     *        the program.
     */
    void SetWhich(std::string which);

    /// How many frames matched so far. @return the number
    uint64_t GetMatched() const;

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    /// Whether the model is about a frame. @param frame what it is @return true if it is
    bool Matches(const L2tpFrameView& frame) const;

    L2tpFrameChoice m_kind;     //!< attribute Kind
    uint16_t m_message{0};      //!< the message type that attribute Message names; 0: any
    std::set<uint64_t> m_which; //!< attribute Which
    Ptr<ErrorModel> m_loss;     //!< attribute Loss
    uint16_t m_port;            //!< attribute Port
    uint64_t m_matched{0};      //!< how many frames matched
};

} // namespace ns3

#endif /* L2TP_MESSAGE_ERROR_MODEL_H */
