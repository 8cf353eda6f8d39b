/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Capture files, as `./l2tp dissect` takes them
 *
 * The input is a capture file, as `./l2tp dissect` takes it.
 */

#include "capture-reader.h"
#include "datagram-dissection.h"
#include "l2tp-fuzz-target.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace
{

/// A file that is in memory only, whose path others may open.
class MemoryFile
{
  public:
    /// Make it. @param data what is in it @param size how many octets
    MemoryFile(const uint8_t* data, std::size_t size)
        : m_descriptor(memfd_create("capture", 0))
    {
        const bool made =
            m_descriptor >= 0 && write(m_descriptor, data, size) == static_cast<ssize_t>(size);
        ns3::FuzzExpect(made, "there is memory for a file");
    }

    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    ~MemoryFile()
    {
        close(m_descriptor);
    }

    /// Where it is. @return its path
    std::string GetPath() const
    {
        return "/proc/self/fd/" + std::to_string(m_descriptor);
    }

  private:
    int m_descriptor; //!< of the file
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const MemoryFile file(data, size);
    CaptureReader reader;
    const bool whole = reader.Read(file.GetPath());
    ns3::FuzzExpect(whole == reader.GetProblem().empty(), "what can't be read is said");
    std::ostringstream words;
    for (const CapturedDatagram& datagram : reader.GetDatagrams())
    {
        const DatagramDissection dissection(datagram.octets, "s3cret");
        dissection.Print(words);
    }
    return 0;
}
