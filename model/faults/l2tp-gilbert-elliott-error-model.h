/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_GILBERT_ELLIOTT_ERROR_MODEL_H
#define L2TP_GILBERT_ELLIOTT_ERROR_MODEL_H

#include "ns3/error-model.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Loss in bursts: a link that is now good, now bad (Gilbert 1960, Elliott 1963).
 *
 * Each packet may change the state, and is then lost with the probability of the state it finds.
 * The number of packets in a burst (the bad state) and in a gap (the good one) is geometrically
 * distributed. ns-3's BurstErrorModel draws where bursts begin with equal probability for each
 * packet, and has no losses in gaps.
 */
class L2tpGilbertElliottErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpGilbertElliottErrorModel();

    /**
     * @brief The MeanGap with which a given part of all packets is lost, if all in bursts are and
     * none in gaps.
     * @param loss the part, more than 0, and not more than bursts of that length and gaps of one
     *        packet give, or the program stops
     * @param meanBurst the MeanBurst
     * @return the MeanGap
     */
    static double GetGapFor(double loss, double meanBurst);

    /// The part of all packets that is lost in the long run. @return 0 to 1
    double GetMeanLoss() const;

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    /// Draw whether something happens, without a draw if that is certain. @param probability of it
    /// @return true if it happens
    bool Happens(double probability);

    double m_meanBurst;                  //!< attribute MeanBurst
    double m_meanGap;                    //!< attribute MeanGap
    double m_lossInBurst;                //!< attribute LossInBurst
    double m_lossInGap;                  //!< attribute LossInGap
    bool m_bad{false};                   //!< whether in a burst
    Ptr<UniformRandomVariable> m_chance; //!< decides
};

} // namespace ns3

#endif /* L2TP_GILBERT_ELLIOTT_ERROR_MODEL_H */
