# SPDX-License-Identifier: GPL-2.0-only
"""Lock-step exchanges of control messages under independent loss, as an absorbing Markov chain.

The chain's state is what the two ends know and wait for: at each end, how many messages the peer
has acknowledged (the exchange), how often the one that is out was sent (the attempt), when its timer
expires, how many messages were received, and whether an acknowledgement is owed and until when; and
between the ends, what is on the link. In lock step an end has one message out at most, so that the
states are few. A transition is the next event: a timer expires or a datagram arrives. An event makes
one transmission at most, which is lost or not: so a state has two successors at most, and time is a
function of the path. The chain is followed from the start until all probability is absorbed, in
success or failure. What comes out is exact but for rounding, and for states less probable than
NEGLIGIBLE, which are left and whose sum is told.

The rules are those of RFC 2661, section 5.8: an acknowledgement rides on each message, and has a
message of its own (ZLB) once nothing was sent for the acknowledgement delay; a duplicate is
acknowledged at once; a message that is not acknowledged in time is sent again, with longer and
longer intervals, and after so many times the peer is taken for dead.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy

ZLB = -1  # the number of a datagram without a message
NEVER = 1 << 62  # a deadline that isn't set
NEGLIGIBLE = 1e-12  # the probability of a state that isn't followed

Script = tuple[tuple[tuple[int, int], ...], ...]
"""For each end, rules (received, sent): once it has got so many of the peer's messages, it has so
many of its own to send in all."""

# A LAC that opens a tunnel and a session: SCCRQ at once; SCCCN and ICRQ when SCCRP is there; ICCN
# when ICRP is. The LNS: SCCRP, the peer's first message being there; ICRP, the third.
SET_UP: Script = (((0, 1), (1, 3), (2, 4)), ((1, 1), (3, 2)))
MESSAGES = (("SCCRQ", "SCCCN", "ICRQ", "ICCN"), ("SCCRP", "ICRP"))

# One message, and nothing to say for the peer: a HELLO.
HELLO: Script = (((0, 1),), ())

Share = Any
"""A probability; while the chain is followed, a vector of them, one for each rate of loss."""


@dataclass(frozen=True)
class Policy:
    """What an end does about acknowledgements. Times are in nanoseconds."""

    intervals: tuple[int, ...]  # before the first retransmission, the second ..., and giving up
    ack_delay: int
    # Those of the very first message, as long as nothing was heard of the peer. Whoever answers has
    # heard something, and whatever the other one hears of it acknowledges that message.
    first_intervals: tuple[int, ...] = ()

    def of(self, end: int, message: int) -> tuple[int, ...]:
        """Return the intervals of an end's message."""
        is_first = end == 0 and message == 0 and self.first_intervals
        return self.first_intervals if is_first else self.intervals


class End(NamedTuple):
    """An end's part of the state."""

    acked: int = 0  # messages that the peer has acknowledged
    out: bool = False  # whether the next one is out
    attempt: int = 0  # how often it was sent again
    retransmit: int = NEVER  # when its timer expires
    received: int = 0  # messages of the peer
    owes: int = NEVER  # when an acknowledgement is due


class Datagram(NamedTuple):
    """A datagram on the link."""

    time: int  # when it arrives
    to: int  # at which end
    ns: int  # which message, or ZLB
    nr: int  # how many messages it acknowledges


class State(NamedTuple):
    """All of it."""

    ends: tuple[End, End]
    link: tuple[Datagram, ...]

    def next(self) -> int:
        """Return the time of the next event."""
        timers = (min(end.retransmit if end.out else NEVER, end.owes) for end in self.ends)
        return min(*timers, self.link[0].time if self.link else NEVER)


@dataclass
class Result:
    """Where the probability went."""

    times: dict[int, Share] = field(default_factory=lambda: defaultdict(float))
    failed: dict[int, Share] = field(default_factory=lambda: defaultdict(float))
    sent: tuple[dict[int, Share], dict[int, Share]] = field(
        default_factory=lambda: (defaultdict(float), defaultdict(float))
    )
    states: int = 0
    neglected: Share = 0.0

    def at(self, index: int) -> Result:
        """Return what is about one of the rates of loss."""

        def pick(shares: dict[int, Share]) -> dict[int, float]:
            return {key: float(share[index]) for key, share in shares.items() if share[index] > 0}

        neglected = float(self.neglected[index] if numpy.ndim(self.neglected) else self.neglected)
        sent = (pick(self.sent[0]), pick(self.sent[1]))
        return Result(pick(self.times), pick(self.failed), sent, self.states, neglected)

    @property
    def success(self) -> float:
        """The probability of success."""
        return math.fsum(self.times.values())

    @property
    def mean(self) -> float:
        """The mean time to success, given success, in nanoseconds."""
        return math.fsum(time * share for time, share in self.times.items()) / self.success

    def quantile(self, share: float) -> int:
        """The time within which this share of the successes comes, in nanoseconds."""
        below = 0.0
        for time in sorted(self.times):
            below += self.times[time]
            if below >= share * self.success * (1 - 1e-12):
                return time
        return max(self.times)


class Chain:
    """The chain of a script."""

    def __init__(
        self,
        policy: Policy,
        delay: int,
        script: Script = SET_UP,
        until_acknowledged: bool = False,
    ):
        self.policy = policy
        self.delay = delay
        self.script = script
        # Success: the second end has all messages of the first; or the first knows that it has.
        self.goal = script[0][-1][1]
        self.until_acknowledged = until_acknowledged

    def queued(self, end: int, received: int) -> int:
        """Return how many messages an end has to send in all, by what it has received."""
        return max((sent for needs, sent in self.script[end] if needs <= received), default=0)

    def solve(self, *losses: float) -> list[Result]:
        """Follow all probability until it is absorbed; return what comes out for each rate of loss.

        The states are the same for all rates, so that all are followed at once, as a vector.
        """
        rates = numpy.array(losses)
        result = Result()
        pending: dict[int, dict[State, Share]] = defaultdict(dict)
        times: list[int] = []

        def put(state: State, share: Share) -> None:
            time = state.next()
            if time == NEVER:
                raise AssertionError(f"nothing happens any more in {state}")
            if time not in pending:
                heapq.heappush(times, time)
            there = pending[time]
            there[state] = there[state] + share if state in there else share

        def branch(state: State, who: int, message: int | None, share: Share, now: int) -> None:
            """An event is over: the datagram that it sends, if any, is lost or not."""
            if message is None:
                put(state, share)
                return
            result.sent[who][message] += share
            put(state, share * rates)
            datagram = Datagram(now + self.delay, 1 - who, message, state.ends[who].received)
            link = tuple(sorted((*state.link, datagram)))
            put(state._replace(link=link), share * (1 - rates))

        state, message = self.flush(State((End(), End()), ()), 0, 0)
        branch(state, 0, message, numpy.ones(len(losses)), 0)
        while times:
            now = heapq.heappop(times)
            # What happens in no time comes back here.
            while now in pending:
                for state, share in pending.pop(now).items():
                    if share.max() < NEGLIGIBLE:
                        result.neglected += share
                        continue
                    result.states += 1
                    self.step(state, share, now, result, branch)
        return [result.at(index) for index in range(len(losses))]

    def step(self, state, share, now, result, branch) -> None:
        """Let the next event happen. Timers come first: they were set before what arrives was
        sent."""
        for who, end in enumerate(state.ends):
            if end.out and end.retransmit == now:
                intervals = self.policy.of(who, end.acked)
                attempt = end.attempt + 1
                if attempt >= len(intervals):
                    result.failed[now] += share
                    return
                end = end._replace(attempt=attempt, retransmit=now + intervals[attempt], owes=NEVER)
                branch(with_end(state, who, end), who, end.acked, share, now)
                return
            if end.owes == now:
                branch(with_end(state, who, end._replace(owes=NEVER)), who, ZLB, share, now)
                return
        datagram, state = state.link[0], state._replace(link=state.link[1:])
        self.arrive(state, datagram, share, now, result, branch)

    def arrive(self, state, datagram, share, now, result, branch) -> None:
        """Take a datagram."""
        who = datagram.to
        end = state.ends[who]
        if datagram.nr > end.acked:
            end = end._replace(acked=datagram.nr, out=False, attempt=0, retransmit=NEVER)
            if self.until_acknowledged and who == 0 and end.acked == self.goal:
                result.times[now] += share
                return
        is_duplicate = ZLB < datagram.ns < end.received
        if datagram.ns == end.received:
            owes = min(end.owes, now + self.policy.ack_delay)
            end = end._replace(received=end.received + 1, owes=owes)
            if not self.until_acknowledged and who == 1 and end.received == self.goal:
                result.times[now] += share
                return
        if is_duplicate:
            end = end._replace(owes=now)
        state, message = self.flush(with_end(state, who, end), who, now)
        end = state.ends[who]
        if message is None and end.owes == now:
            message = ZLB
            state = with_end(state, who, end._replace(owes=NEVER))
        branch(state, who, message, share, now)

    def flush(self, state: State, who: int, now: int) -> tuple[State, int | None]:
        """Send the next message of an end, if it has one and none is out."""
        end = state.ends[who]
        if end.out or end.acked >= self.queued(who, end.received):
            return state, None
        interval = self.policy.of(who, end.acked)[0]
        end = end._replace(out=True, attempt=0, retransmit=now + interval, owes=NEVER)
        return with_end(state, who, end), end.acked


def with_end(state: State, who: int, end: End) -> State:
    """Return the state with another state of one end."""
    return state._replace(ends=(end, state.ends[1]) if who == 0 else (state.ends[0], end))


def dead_peer_time(policy: Policy, message: int = 1) -> int:
    """Return how long after a message's first transmission a silent peer is taken for dead."""
    return sum(policy.of(0, message))


def expected_transmissions(loss: float, tries: int) -> float:
    """Return how often a message is sent until it is acknowledged at once or given up: the mean of
    a geometric distribution that ends after so many tries, where a try succeeds if neither the
    message nor its acknowledgement is lost."""
    success = (1 - loss) ** 2
    return float(tries) if success == 0 else (1 - (1 - success) ** tries) / success
