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

/// Do runs, and tell of each. @param first the first @param last the last @param step from one to
/// the next @param pipe where to tell
void
Work(uint64_t first, uint64_t last, uint64_t step, int pipe)
{
    for (uint64_t seed = first; seed <= last; seed += step)
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

/// Start a worker, from the next run on. @param worker it @param last the last run @param step from
/// one run to the next
void
Start(Worker& worker, uint64_t last, uint64_t step)
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
        Work(worker.next, last, step, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    worker.pipe = ends[0];
}

/// All runs. @param first seed @param runs how many @param jobs processes @param untilFailure
/// whether to end with the first one that fails @return exit status
int
RunAll(uint64_t first, uint64_t runs, uint64_t jobs, bool untilFailure)
{
    const auto begin = std::chrono::steady_clock::now();
    const uint64_t last = first + runs - 1;
    std::vector<Worker> workers(std::min(jobs, runs));
    for (std::size_t i = 0; i < workers.size(); ++i)
    {
        workers[i].next = first + i;
        Start(workers[i], last, workers.size());
    }
    Note sum{};
    uint64_t done = 0;
    std::vector<uint64_t> failed;
    std::size_t open = workers.size();
    while (open > 0 && (failed.empty() || !untilFailure))
    {
        std::vector<pollfd> polled;
        for (const auto& worker : workers)
        {
            polled.push_back({worker.pipe, POLLIN, 0});
        }
        poll(polled.data(), polled.size(), -1);
        for (std::size_t i = 0; i < workers.size(); ++i)
        {
            Worker& worker = workers[i];
            Note note{};
            if (worker.pipe < 0 || polled[i].revents == 0)
            {
                continue;
            }
            if (read(worker.pipe, &note, sizeof(note)) != sizeof(note))
            {
                close(worker.pipe);
                worker.pipe = -1;
                waitpid(worker.process, nullptr, 0);
                --open;
                if (worker.isRunning)
                {
                    // It died of a run: that one has failed, and another does the rest.
                    failed.push_back(worker.seed);
                    ++done;
                    worker.isRunning = false;
                    if (worker.next <= last)
                    {
                        Start(worker, last, workers.size());
                        ++open;
                    }
                }
                continue;
            }
            worker.isRunning = !note.done;
            worker.seed = note.seed;
            worker.next = note.seed + workers.size();
            if (!note.done)
            {
                continue;
            }
            ++done;
            sum.messages += note.messages;
            sum.retransmitted += note.retransmitted;
            sum.frames += note.frames;
            sum.established += note.established;
            sum.deaths += note.deaths;
            sum.lost += note.lost;
            sum.duplicated += note.duplicated;
            sum.delayed += note.delayed;
            sum.damaged += note.damaged;
            sum.returned += note.returned;
            if (note.violations > 0)
            {
                failed.push_back(note.seed);
            }
            if (isatty(STDERR_FILENO) ? done % 50 == 0 : done % 1000 == 0)
            {
                std::cerr << (isatty(STDERR_FILENO) ? "\r" : "") << done << " of " << runs
                          << " runs, " << failed.size() << " failed"
                          << (isatty(STDERR_FILENO) ? "" : "\n") << std::flush;
            }
        }
    }
    for (const auto& worker : workers)
    {
        if (worker.pipe >= 0)
        {
            kill(worker.process, SIGKILL);
            waitpid(worker.process, nullptr, 0);
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::sort(failed.begin(), failed.end());
    std::cout << (isatty(STDERR_FILENO) ? "\n" : "") << done << " runs with seeds from " << first
              << " to " << last << " in " << std::fixed << std::setprecision(1) << took.count()
              << " s, " << done / took.count() << " a second: " << failed.size() << " failed\n"
              << "  control messages   " << sum.messages << ", and " << sum.retransmitted
              << " retransmissions\n"
              << "  calls established  " << sum.established << " (each end)\n"
              << "  frames delivered   " << sum.frames << "\n"
              << "  packets returned   " << sum.returned << " (of hosts)\n"
              << "  peers taken dead   " << sum.deaths << "\n"
              << "  on the wires       " << sum.lost << " lost, " << sum.duplicated
              << " duplicated, " << sum.delayed << " delayed, " << sum.damaged << " damaged\n";
    for (std::size_t i = 0; i < failed.size(); ++i)
    {
        TellOf(failed[i], i < MOST_SHRUNK && !untilFailure);
    }
    return failed.empty() ? 0 : 1;
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
    return seed != 0 ? Show(seed, *parts, rows) : RunAll(first, seeds, jobs, untilFailure);
}
