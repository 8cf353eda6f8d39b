#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The Markov chain of the study setup-loss, against closed forms of small cases."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "studies/setup-loss"))

# pylint: disable=wrong-import-position
from chain import (
    HELLO, SET_UP, ZLB, Chain, Policy, dead_peer_time, expected_transmissions,
)  # fmt: skip

MS = 10**6
S = 10**9
DELAY = 10 * MS
RFC = Policy(tuple(seconds * S for seconds in (1, 2, 4, 8, 8, 8)), 50 * MS)
AT_ONCE = Policy(RFC.intervals, 0)


class WithoutLoss(unittest.TestCase):
    """Nothing is left to chance."""

    def test_time_is_the_sum_of_delays(self):
        # Seven times the link, and one delayed acknowledgement: that of SCCCN.
        result = Chain(RFC, DELAY).solve(0)[0]
        self.assertEqual(dict(result.times), {7 * DELAY + 50 * MS: 1})
        self.assertEqual(dict(result.failed), {})
        result = Chain(AT_ONCE, DELAY).solve(0)[0]
        self.assertEqual(dict(result.times), {7 * DELAY: 1})

    def test_each_message_is_sent_once(self):
        result = Chain(RFC, DELAY).solve(0)[0]
        self.assertEqual(result.sent[0], {0: 1, 1: 1, 2: 1, 3: 1})
        self.assertEqual(result.sent[1], {0: 1, 1: 1, ZLB: 1})


class OneMessage(unittest.TestCase):
    """A message that is over as soon as it arrives: geometric."""

    def test_time_to_arrive(self):
        loss = 0.3
        result = Chain(AT_ONCE, DELAY, HELLO).solve(loss)[0]
        sent_at = [0, 1 * S, 3 * S, 7 * S, 15 * S, 23 * S]
        for n, time in enumerate(sent_at):
            self.assertAlmostEqual(result.times[time + DELAY], loss**n * (1 - loss), 12)
        self.assertEqual(len(result.times), 6)
        self.assertAlmostEqual(result.success, 1 - loss**6, 12)
        self.assertAlmostEqual(result.failed[31 * S], loss**6, 12)
        self.assertAlmostEqual(result.sent[0][0], (1 - loss**6) / (1 - loss), 12)

    def test_quantiles(self):
        result = Chain(AT_ONCE, DELAY, HELLO).solve(0.5)[0]
        self.assertEqual(result.quantile(0.5), DELAY)
        self.assertEqual(result.quantile(0.6), S + DELAY)
        self.assertEqual(result.quantile(1), 23 * S + DELAY)


class SetUp(unittest.TestCase):
    """The exchanges of a set-up."""

    def test_all_probability_is_absorbed(self):
        for policy in (RFC, AT_ONCE, Policy((2 * S,) * 3, 100 * MS, (S, 2 * S))):
            for loss in (0.01, 0.3, 0.6):
                result = Chain(policy, DELAY).solve(loss)[0]
                total = result.success + sum(result.failed.values()) + result.neglected
                self.assertAlmostEqual(total, 1, 12)
                self.assertLess(result.neglected, 1e-6)

    def test_one_try_each(self):
        # Nothing is sent again, and an end that isn't acknowledged gives up: all has to arrive, and
        # what the last acknowledgement would be isn't waited for.
        loss = 0.2
        once = Policy((S,), 50 * MS)
        result = Chain(once, DELAY).solve(loss)[0]
        self.assertAlmostEqual(result.success, (1 - loss) ** 7, 12)
        self.assertEqual(list(result.times), [7 * DELAY + 50 * MS])

    def test_first_order_in_loss(self):
        # With little loss, one datagram of seven is lost at most. Whichever it is, its sender or
        # the other end repeats after a second.
        loss = 1e-7
        result = Chain(RFC, DELAY).solve(loss)[0]
        whole = 7 * DELAY + 50 * MS
        self.assertAlmostEqual(result.times[whole], (1 - loss) ** 7, 12)
        late = {time: share for time, share in result.times.items() if share > 1e-9}
        del late[whole]
        self.assertAlmostEqual(sum(late.values()) / loss, 7, 4)
        for time in late:
            self.assertGreaterEqual(time, whole + S - 50 * MS - DELAY)
            self.assertLessEqual(time, whole + S)

    def test_first_message_may_have_its_own_tries(self):
        loss = 0.5
        impatient = Policy(RFC.intervals, RFC.ack_delay, RFC.intervals[:2])
        result = Chain(impatient, DELAY).solve(loss)[0]
        # Two SCCRQs: nothing arrives, or nothing comes back, with at most so many tries of SCCRP.
        self.assertGreater(result.failed[3 * S], loss**2)
        self.assertLess(result.success, Chain(RFC, DELAY).solve(loss)[0].success)
        self.assertLess(result.sent[0][0], 2)

    def test_more_loss_is_worse(self):
        results = Chain(RFC, DELAY).solve(0.05, 0.2, 0.4, 0.6)
        for better, worse in zip(results, results[1:]):
            self.assertGreater(better.success, worse.success)
            self.assertLess(better.mean, worse.mean)

    def test_rates_of_loss_at_once_are_those_one_by_one(self):
        together = Chain(AT_ONCE, DELAY).solve(0, 0.1, 0.6)
        for loss, result in zip((0, 0.1, 0.6), together):
            alone = Chain(AT_ONCE, DELAY).solve(loss)[0]
            self.assertAlmostEqual(result.success, alone.success, 6)
            self.assertAlmostEqual(result.mean / S, alone.mean / S, 6)

    def test_script_counts(self):
        chain = Chain(RFC, DELAY, SET_UP)
        self.assertEqual([chain.queued(0, n) for n in range(3)], [1, 3, 4])
        self.assertEqual([chain.queued(1, n) for n in range(5)], [0, 1, 1, 2, 2])


class ClosedForms(unittest.TestCase):
    """What needs no chain."""

    def test_dead_peer_time(self):
        # RFC 2661, section 5.8: at the recommended values.
        self.assertEqual(dead_peer_time(RFC), 31 * S)
        self.assertEqual(dead_peer_time(Policy((S, 2 * S, 4 * S), 0)), 7 * S)
        self.assertEqual(dead_peer_time(Policy(RFC.intervals, 0, (S, 2 * S)), 0), 3 * S)

    def test_expected_transmissions(self):
        self.assertEqual(expected_transmissions(0, 6), 1)
        self.assertEqual(expected_transmissions(1, 6), 6)
        loss, arrives = 0.3, 0.7**2
        by_hand = sum((1 - arrives) ** n for n in range(6))
        self.assertAlmostEqual(expected_transmissions(loss, 6), by_hand, 12)

    def test_expected_transmissions_are_the_chains(self):
        for policy in (RFC, AT_ONCE):
            for loss in (0.1, 0.5):
                result = Chain(policy, DELAY, HELLO, until_acknowledged=True).solve(loss)[0]
                tries = len(policy.intervals)
                expected = expected_transmissions(loss, tries)
                self.assertAlmostEqual(result.sent[0][0], expected, 12)
                died = sum(result.failed.values())
                self.assertAlmostEqual(died, (1 - (1 - loss) ** 2) ** tries, 12)
                self.assertEqual(list(result.failed), [dead_peer_time(policy)])


if __name__ == "__main__":
    unittest.main()
