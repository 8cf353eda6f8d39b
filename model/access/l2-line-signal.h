/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_LINE_SIGNAL_H
#define L2_LINE_SIGNAL_H

#include "ns3/data-rate.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// Who calls whom on the telephone network (RFC 2661, section 4.4.3: AVPs 21, 22 and 23).
struct L2CallNumbers
{
    std::string calling;    //!< the number of the line that dialled
    std::string called;     //!< the number that it dialled
    std::string subAddress; //!< additional dialling information, may be empty
};

/// Why a call ended, or could not be made.
enum class L2LineCause : uint8_t
{
    NONE,            //!< no call has ended yet
    LOCAL_HANG_UP,   //!< this end hung up
    REMOTE_HANG_UP,  //!< the other end hung up
    LOSS_OF_CARRIER, //!< the line was cut
    BUSY,            //!< no line of the number called is idle
    NO_ANSWER,       //!< nobody answered in time
    NO_DIAL_TONE,    //!< the line is out of service
    NO_SUCH_NUMBER,  //!< nobody has the number
    REJECTED,        //!< the other end doesn't want the call
    NO_CARRIER       //!< the ends can't talk: one is synchronous, the other isn't
};

/**
 * @brief Name a cause.
 * @param cause the cause
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2LineCauseName(L2LineCause cause);

/// What an end of a line does.
enum class L2LineState : uint8_t
{
    IDLE,       //!< on the hook
    DIALLING,   //!< calls a number, and waits for an answer
    RINGING,    //!< is called, and hasn't answered
    CONNECTING, //!< the call was answered; there is no carrier yet
    CONNECTED   //!< frames pass
};

/**
 * @brief Name a state.
 * @param state the state
 * @return its name
 */
const char* L2LineStateName(L2LineState state);

/// What one end of a line tells the other through the telephone network. It holds values only, as
/// the ends are on different nodes.
struct L2LineSignal
{
    /// What is told.
    enum class Kind : uint8_t
    {
        SETUP,   //!< a line calls
        CONNECT, //!< the call is answered
        RELEASE  //!< the call has ended, or comes to nothing
    };

    Kind kind{Kind::SETUP};               //!< what is told
    uint64_t call{0};                     //!< which call; chosen by the line that dials
    uint32_t from{0};                     //!< the line that tells, by its index in the network
    L2CallNumbers numbers;                //!< SETUP: who calls whom
    DataRate bitRate;                     //!< SETUP, CONNECT: what the line can do
    bool synchronous{false};              //!< SETUP, CONNECT: how the line frames
    L2LineCause cause{L2LineCause::NONE}; //!< RELEASE: why, as the one who is told sees it
};

} // namespace ns3

#endif /* L2_LINE_SIGNAL_H */
