/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "fatal-error-log.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <streambuf>

namespace ns3
{

namespace
{

/// Passes on what is written to it, and keeps a copy.
class Tee : public std::streambuf
{
  public:
    /// Begin a copy. @param file its name @param target where all goes besides
    Tee(const char* file, std::streambuf* target)
        : m_copy(file),
          m_target(target)
    {
    }

    /// Write a line to the copy alone. @param line it
    void Note(const std::string& line)
    {
        // Nothing may be left in the buffer that a child process would write once more.
        m_copy << line << std::endl;
    }

  protected:
    int_type overflow(int_type letter) override
    {
        m_copy.put(traits_type::to_char_type(letter)).flush();
        return m_target->sputc(traits_type::to_char_type(letter));
    }

    std::streamsize xsputn(const char* text, std::streamsize size) override
    {
        m_copy.write(text, size).flush();
        return m_target->sputn(text, size);
    }

    int sync() override
    {
        return m_target->pubsync();
    }

  private:
    std::ofstream m_copy;     //!< the file
    std::streambuf* m_target; //!< where all goes besides
};

/// Notes which test is run.
class TestNames : public ::testing::EmptyTestEventListener
{
  public:
    /// Begin. @param tee where to
    explicit TestNames(Tee& tee)
        : m_tee(tee)
    {
    }

    void OnTestStart(const ::testing::TestInfo& test) override
    {
        m_tee.Note(std::string("test ") + test.test_suite_name() + "." + test.name());
    }

  private:
    Tee& m_tee; //!< where to
};

} // namespace

void
LogFatalErrors(const char* file)
{
    static Tee tee(file, std::cerr.rdbuf());
    std::cerr.rdbuf(&tee);
    ::testing::UnitTest::GetInstance()->listeners().Append(new TestNames(tee));
}

} // namespace ns3
