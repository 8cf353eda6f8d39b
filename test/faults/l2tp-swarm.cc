/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Many runs with random faults, on several cores; or one of them, in detail.

#include "l2tp-fault-run.h"
#include "l2tp-fault-shrinker.h"

#include "ns3/command-line.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace ns3;

namespace
{

constexpr std::size_t MOST_SHRUNK = 3; //!< of the seeds that failed, how many are made smaller

/// What a worker writes into its pipe: before a run with done false, and after it.
struct Note
{
    uint64_t seed;          //!< the run
    bool done;              //!< whether it is over
    uint64_t violations;    //!< how many
    uint64_t messages;      //!< see L2tpFaultResult
    uint64_t retransmitted; //!< see L2tpFaultResult
    uint64_t frames;        //!< see L2tpFaultResult
    uint64_t established;   //!< see L2tpFaultResult
    uint64_t deaths;        //!< see L2tpFaultResult
    uint64_t lost;          //!< see L2tpFaultResult
    uint64_t duplicated;    //!< see L2tpFaultResult
    uint64_t delayed;       //!< see L2tpFaultResult
    uint64_t damaged;       //!< see L2tpFaultResult
    uint64_t returned;      //!< see L2tpFaultResult
};

/// A process that does every so many runs.
struct Worker
{
    pid_t process{-1};     //!< its ID
    int pipe{-1};          //!< what it writes
    uint64_t next{0};      //!< the first run that it has not begun
    bool isRunning{false}; //!< whether a run was begun and is not over
    uint64_t seed{0};      //!< the last run that it has begun
};

/// Do one run, and show it. @param seed which @param without parts to leave out @param rows of each
/// ladder @return the exit status
int
Show(uint64_t seed, const L2tpFaultParts& without, std::size_t rows)
{
    L2tpFaultRun run(seed, without);
    run.DrawLadders(rows);
    const L2tpFaultResult result = run.Execute();
    run.Print(std::cout);
    std::cout << (result.violations.empty() ? "Nothing was violated: " : "FAILED: ")
              << result.messages << " control messages and " << result.retransmitted
              << " retransmissions, " << result.established << " calls established, "
              << result.frames << " frames delivered; digest " << std::hex << result.digest
              << std::dec << "\n";
    return result.violations.empty() ? 0 : 1;
}

/// Tell how to see a run that has failed, and which smaller one fails as well. @param seed which
/// @param shrink whether to look for a smaller one
void
TellOf(uint64_t seed, bool shrink)
{
    std::cout << "Seed " << seed << " failed; to see it: ./l2tp swarm --seed=" << seed << "\n"
              << std::flush;
    L2tpFaultShrinker shrinker(seed);
    if (!shrink || !shrinker.Fails({}))
    {
        return;
    }
    const L2tpFaultParts without = shrinker.Shrink();
    const uint32_t parts = L2tpFaultPlan::Draw(seed).CountParts();
    std::cout << "  " << parts - without.size() << " of its " << parts << " parts suffice ("
              << shrinker.GetTries() << " runs tried): ./l2tp swarm --seed=" << seed
              << " --without=" << L2tpFaultShrinker::ToText(without) << "\n";
}

/// Many runs, in processes of their own, and what they have come to.
class Swarm
{
  public:
    /// Prepare runs. @param first seed @param runs how many @param jobs processes
    Swarm(uint64_t first, uint64_t runs, uint64_t jobs)
        : m_first(first),
          m_last(first + runs - 1),
          m_workers(std::min(jobs, runs))
    {
    }

    /// Do them. @param untilFailure whether to end with the first one that fails @return exit
    /// status
    int Run(bool untilFailure);

  private:
    /// Do every so many runs, and tell of each. @param seed the first @param pipe where to tell
    void Work(uint64_t seed, int pipe) const;
    /// Start a worker, from the next run on. @param worker it
    void Start(Worker& worker);
    /// Read what a worker tells. @param worker it
    void Hear(Worker& worker);
    /// A worker has ended, or died of a run: then that one has failed, and another does the rest.
    /// @param worker it
    void Ended(Worker& worker);
    /// A run has failed. @param seed which
    void Failed(uint64_t seed);
    /// A run is over: tell of the progress, now and then.
    void Over();
    /// Tell what all have come to. @param seconds how long it took
    void Print(double seconds) const;

    uint64_t m_first;               //!< seed
    uint64_t m_last;                //!< seed
    std::vector<Worker> m_workers;  //!< the processes
    std::size_t m_open{0};          //!< how many of them are at work
    uint64_t m_done{0};             //!< runs that are over
    Note m_sum{};                   //!< of their numbers
    std::vector<uint64_t> m_failed; //!< seeds
};

void
Swarm::Work(uint64_t seed, int pipe) const
{
    for (; seed <= m_last; seed += m_workers.size())
    {
        Note note{};
        note.seed = seed;
        bool told = write(pipe, &note, sizeof(note)) == sizeof(note);
        alarm(L2TP_FAULT_TIMEOUT);
        const L2tpFaultResult result = L2tpFaultRun(seed).Execute();
        note = {seed,
                true,
                result.violations.size(),
                result.messages,
                result.retransmitted,
                result.frames,
                result.established,
                result.deaths,
                result.lost,
                result.duplicated,
                result.delayed,
                result.damaged,
                result.returned};
        told = told && write(pipe, &note, sizeof(note)) == sizeof(note);
        if (!told)
        {
            _exit(1);
        }
    }
}

void
Swarm::Start(Worker& worker)
{
    int ends[2];
    if (pipe(ends) != 0 || (worker.process = fork()) < 0)
    {
        std::cerr << "No process or pipe can be made\n";
        exit(2);
    }
    if (worker.process == 0)
    {
        close(ends[0]);
        Work(worker.next, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    worker.pipe = ends[0];
    ++m_open;
}

void
Swarm::Failed(uint64_t seed)
{
    m_failed.push_back(seed);
    std::cerr << (isatty(STDERR_FILENO) ? "\r" : "") << "Seed " << seed << " has failed\n";
}

void
Swarm::Over()
{
    ++m_done;
    const bool isTerminal = isatty(STDERR_FILENO);
    if (m_done % (isTerminal ? 50 : 1000) == 0)
    {
        std::cerr << (isTerminal ? "\r" : "") << m_done << " of " << m_last - m_first + 1
                  << " runs, " << m_failed.size() << " failed" << (isTerminal ? "" : "\n")
                  << std::flush;
    }
}

void
Swarm::Ended(Worker& worker)
{
    close(worker.pipe);
    worker.pipe = -1;
    waitpid(worker.process, nullptr, 0);
    --m_open;
    if (worker.isRunning)
    {
        worker.isRunning = false;
        Failed(worker.seed);
        Over();
        if (worker.next <= m_last)
        {
            Start(worker);
        }
    }
}

void
Swarm::Hear(Worker& worker)
{
    Note note{};
    if (read(worker.pipe, &note, sizeof(note)) != sizeof(note))
    {
        Ended(worker);
        return;
    }
    worker.isRunning = !note.done;
    worker.seed = note.seed;
    worker.next = note.seed + m_workers.size();
    if (!note.done)
    {
        return;
    }
    m_sum.messages += note.messages;
    m_sum.retransmitted += note.retransmitted;
    m_sum.frames += note.frames;
    m_sum.established += note.established;
    m_sum.deaths += note.deaths;
    m_sum.lost += note.lost;
    m_sum.duplicated += note.duplicated;
    m_sum.delayed += note.delayed;
    m_sum.damaged += note.damaged;
    m_sum.returned += note.returned;
    if (note.violations > 0)
    {
        Failed(note.seed);
    }
    Over();
}

void
Swarm::Print(double seconds) const
{
    std::cout << m_done << " runs with seeds from " << m_first << " to " << m_last << " in "
              << std::fixed << std::setprecision(1) << seconds << " s, " << m_done / seconds
              << " a second: " << m_failed.size() << " failed\n"
              << "  control messages   " << m_sum.messages << ", and " << m_sum.retransmitted
              << " retransmissions\n"
              << "  calls established  " << m_sum.established << " (each end)\n"
              << "  frames delivered   " << m_sum.frames << "\n"
              << "  packets returned   " << m_sum.returned << " (of hosts)\n"
              << "  peers taken dead   " << m_sum.deaths << "\n"
              << "  on the wires       " << m_sum.lost << " lost, " << m_sum.duplicated
              << " duplicated, " << m_sum.delayed << " delayed, " << m_sum.damaged << " damaged\n";
}

int
Swarm::Run(bool untilFailure)
{
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < m_workers.size(); ++i)
    {
        m_workers[i].next = m_first + i;
        Start(m_workers[i]);
    }
    while (m_open > 0 && (m_failed.empty() || !untilFailure))
    {
        std::vector<pollfd> polled;
        for (const auto& worker : m_workers)
        {
            polled.push_back({worker.pipe, POLLIN, 0});
        }
        poll(polled.data(), polled.size(), -1);
        for (std::size_t i = 0; i < m_workers.size(); ++i)
        {
            if (m_workers[i].pipe >= 0 && polled[i].revents != 0)
            {
                Hear(m_workers[i]);
            }
        }
    }
    for (const auto& worker : m_workers)
    {
        if (worker.pipe >= 0)
        {
            kill(worker.process, SIGKILL);
            waitpid(worker.process, nullptr, 0);
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cerr << (isatty(STDERR_FILENO) ? "\n" : "");
    Print(took.count());
    std::sort(m_failed.begin(), m_failed.end());
    for (std::size_t i = 0; i < m_failed.size(); ++i)
    {
        TellOf(m_failed[i], i < MOST_SHRUNK && !untilFailure);
    }
    return m_failed.empty() ? 0 : 1;
}

} // namespace

int
main(int argc, char** argv)
{
    uint64_t seed = 0;
    uint64_t first = 1;
    uint64_t seeds = 1000;
    uint64_t jobs = std::max(1U, std::thread::hardware_concurrency());
    uint64_t rows = 400;
    bool untilFailure = false;
    std::string without;
    CommandLine options(__FILE__);
    options.Usage("Simulates networks of all tunnelling models with random faults, and looks that "
                  "nothing is violated. The same seed is the same run.");
    options.AddValue("seeds", "How many runs", seeds);
    options.AddValue("first", "The first seed", first);
    options.AddValue("jobs", "How many at once", jobs);
    options.AddValue("until-failure", "Whether to end with the first run that fails", untilFailure);
    options.AddValue("seed", "Show this run alone, with ladders of its control messages", seed);
    options.AddValue("rows", "How many rows each ladder has at most", rows);
    options.AddValue("without", "Parts of that run to leave out, such as 0-3,7", without);
    options.Parse(argc, argv);
    const auto parts = L2tpFaultShrinker::FromText(without);
    if (seeds == 0 || jobs == 0 || !parts)
    {
        std::cerr << "--seeds and --jobs must be at least 1, --without a list of numbers\n";
        return 2;
    }
    return seed != 0 ? Show(seed, *parts, rows) : Swarm(first, seeds, jobs).Run(untilFailure);
}
