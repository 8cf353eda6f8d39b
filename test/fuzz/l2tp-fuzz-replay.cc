/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * Gives a target inputs that are kept, without libFuzzer, so that any compiler builds it:
 *
 *   l2tp-fuzz-TARGET FILE ...
 *
 * A file whose name ends in .hex has an input in each line, in hexadecimal digits; behind a # is
 * what it is about. Any other file is an input.
 */

#include "l2tp-fuzz-target.h"
#include "wire/octets.h"

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{

std::string g_current; //!< which input is being given

/// Say which input the program stops for, and stop. @param signal why
void
TellAndStop(int signal)
{
    // Nothing but write() may be called here.
    [[maybe_unused]] const auto written = write(STDERR_FILENO, g_current.data(), g_current.size());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// Give an input. @param octets it
void
Give(const std::vector<uint8_t>& octets)
{
    LLVMFuzzerTestOneInput(octets.data(), octets.size());
}

/// Give all inputs of a file. @param path where it is @return how many there were; -1 if it can't
/// be read
int
GiveAll(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
    {
        return -1;
    }
    const std::string ending = ".hex";
    if (path.size() < ending.size() || path.substr(path.size() - ending.size()) != ending)
    {
        g_current = path + ": this input stopped the program\n";
        Give({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
        return 1;
    }
    int count = 0;
    int number = 0;
    for (std::string line; std::getline(file, line);)
    {
        ++number;
        std::string digits = line.substr(0, line.find('#'));
        digits.erase(digits.find_last_not_of(' ') + 1);
        if (!digits.empty())
        {
            g_current = path + ":" + std::to_string(number) + ": this input stopped the program\n";
            Give(ns3::Octets(digits));
            ++count;
        }
    }
    return count;
}

} // namespace

int
main(int argc, char* argv[])
{
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL})
    {
        std::signal(signal, TellAndStop);
    }
    int total = 0;
    for (int i = 1; i < argc; ++i)
    {
        const int count = GiveAll(argv[i]);
        if (count < 0)
        {
            std::cerr << argv[i] << " can't be read\n";
            return 1;
        }
        total += count;
    }
    std::cout << total << " inputs\n";
    return total ? 0 : 1;
}
