/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_MODEL_H
#define L2TP_FAULT_MODEL_H

#include "ns3/error-model.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstdint>
#include <optional>

namespace ns3
{

/// What may happen to a frame on its way.
enum class L2tpFault : uint8_t
{
    LOST,       //!< it does not arrive
    DUPLICATED, //!< it arrives twice
    DELAYED,    //!< it is held back, so that later ones may overtake it
    DAMAGED,    //!< one of its bits is turned over
};

/**
 * @brief The name of a fault.
 * @param fault what happens
 * @return a word of lower-case letters
 */
const char* L2tpFaultName(L2tpFault fault);

/**
 * @ingroup l2tp
 *
 * @brief What goes wrong with frames on one way of a link: loss, damage, duplication, and delay of
 * single frames, which changes their order.
 *
 * ns-3's error models can only lose. This one asks such a model what to lose (rate, burst, list,
 * ...), and adds what an IP network does beyond it. It decides and moves nothing: L2tpFaultyWire
 * carries frames by what it says.
 *
 * Damaged frames arrive, for whoever is there to notice: IP and UDP do, if the GlobalValue
 * ChecksumEnabled is true, and drop them.
 */
class L2tpFaultModel : public Object
{
  public:
    /// TracedCallback signature: a fault, the frame, and how much later it, or its copy, arrives.
    using FaultTracedCallback = void (*)(L2tpFault fault, Ptr<const Packet> frame, Time delay);

    /// What becomes of a frame.
    struct Fate
    {
        uint32_t copies{1};                 //!< how many arrive: 0, 1 or 2
        std::array<Time, 2> delays{};       //!< how much later than without faults, each of them
        std::optional<uint32_t> damagedBit; //!< which bit of the first one is turned over, from 0
    };

    /// What is counted.
    struct Statistics
    {
        uint64_t frames{0};     //!< frames judged
        uint64_t lost{0};       //!< frames that do not arrive
        uint64_t duplicated{0}; //!< frames that arrive twice
        uint64_t delayed{0};    //!< frames held back
        uint64_t damaged{0};    //!< frames with a bit turned over
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpFaultModel();
    ~L2tpFaultModel() override;

    /**
     * @brief Decide what becomes of a frame, count and trace it.
     * @param frame the frame
     * @return how many copies arrive, and how much later
     */
    Fate Judge(Ptr<const Packet> frame);

    /// What was counted. @return the counters
    const Statistics& GetStatistics() const;

    /**
     * @brief Assign fixed random variable stream numbers, also to Loss if it is a RateErrorModel or
     * a BurstErrorModel; others are the caller's to fix.
     * @param stream the first one to use
     * @return how many were used, always the same number
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Draw whether something happens, without a draw if it never does.
     * @param rate its probability
     * @return true if it happens
     */
    bool Happens(double rate);
    /**
     * @brief Draw a delay; aborts if nobody can tell it.
     * @param delay draws the seconds
     * @param attribute the attribute that it is
     * @return the delay, 0 if it is less
     */
    static Time Draw(Ptr<RandomVariableStream> delay, const char* attribute);

    bool m_enabled;                                                  //!< attribute Enabled
    bool m_cut;                                                      //!< attribute Cut
    Ptr<ErrorModel> m_loss;                                          //!< attribute Loss
    double m_duplicateRate;                                          //!< attribute DuplicateRate
    double m_delayRate;                                              //!< attribute DelayRate
    double m_corruptRate;                                            //!< attribute CorruptRate
    uint32_t m_corruptFrom;                                          //!< attribute CorruptFrom
    Ptr<RandomVariableStream> m_duplicateDelay;                      //!< attribute DuplicateDelay
    Ptr<RandomVariableStream> m_delay;                               //!< attribute Delay
    Ptr<UniformRandomVariable> m_chance;                             //!< decides by the rates
    Statistics m_statistics;                                         //!< what is counted
    TracedCallback<L2tpFault, Ptr<const Packet>, Time> m_faultTrace; //!< what happens
};

} // namespace ns3

#endif /* L2TP_FAULT_MODEL_H */
