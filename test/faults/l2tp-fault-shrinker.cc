/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-shrinker.h"

#include "l2tp-fault-run.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace ns3
{

L2tpFaultShrinker::L2tpFaultShrinker(uint64_t seed)
    : L2tpFaultShrinker(seed, [seed](const L2tpFaultParts& without) { return Try(seed, without); })
{
}

L2tpFaultShrinker::L2tpFaultShrinker(uint64_t seed, Judge judge)
    : m_seed(seed),
      m_judge(std::move(judge))
{
}

bool
L2tpFaultShrinker::Fails(const L2tpFaultParts& without)
{
    ++m_tries;
    return m_judge(without);
}

bool
L2tpFaultShrinker::Try(uint64_t seed, const L2tpFaultParts& without)
{
    const pid_t process = fork();
    if (process == 0)
    {
        // What a crash has to say was said before, by the whole run.
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        const rlimit limit{L2TP_FAULT_TIMEOUT, L2TP_FAULT_TIMEOUT};
        setrlimit(RLIMIT_CPU, &limit);
        _exit(L2tpFaultRun(seed, without).Execute().violations.empty() ? 0 : 1);
    }
    int status = 1;
    waitpid(process, &status, 0);
    return status != 0;
}

L2tpFaultParts
L2tpFaultShrinker::Shrink()
{
    std::vector<uint32_t> present(L2tpFaultPlan::Draw(m_seed).CountParts());
    for (uint32_t part = 0; part < present.size(); ++part)
    {
        present[part] = part;
    }
    L2tpFaultParts without;
    for (std::size_t size = (present.size() + 1) / 2; size > 0;
         size = size > 1 ? (size + 1) / 2 : 0)
    {
        // From the last part on: what is done late matters least for what is done early.
        for (std::size_t end = present.size(); end > 0;)
        {
            const std::size_t begin = end > size ? end - size : 0;
            L2tpFaultParts fewer = without;
            fewer.insert(present.begin() + begin, present.begin() + end);
            if (Fails(fewer))
            {
                without = fewer;
                present.erase(present.begin() + begin, present.begin() + end);
            }
            end = begin;
        }
    }
    return without;
}

uint32_t
L2tpFaultShrinker::GetTries() const
{
    return m_tries;
}

std::string
L2tpFaultShrinker::ToText(const L2tpFaultParts& parts)
{
    std::ostringstream text;
    for (auto part = parts.begin(); part != parts.end();)
    {
        const uint32_t first = *part;
        uint32_t last = first;
        for (++part; part != parts.end() && *part == last + 1; ++part)
        {
            last = *part;
        }
        text << (text.tellp() > 0 ? "," : "") << first;
        if (last > first)
        {
            text << "-" << last;
        }
    }
    return text.str();
}

std::optional<L2tpFaultParts>
L2tpFaultShrinker::FromText(const std::string& text)
{
    L2tpFaultParts parts;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');)
    {
        std::istringstream numbers(word);
        uint32_t first = 0;
        uint32_t last = 0;
        char dash = '-';
        if (!(numbers >> first))
        {
            return std::nullopt;
        }
        last = first;
        if (numbers >> dash && (dash != '-' || !(numbers >> last)))
        {
            return std::nullopt;
        }
        for (uint32_t part = first; part <= last; ++part)
        {
            parts.insert(part);
        }
    }
    return parts;
}

} // namespace ns3
