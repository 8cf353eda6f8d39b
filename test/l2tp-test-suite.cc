/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/simulator.h"
#include "ns3/test.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;

namespace
{

/**
 * @ingroup l2tp-tests
 *
 * @brief Collects what GoogleTest's assertions find wrong.
 *
 * ctest gives each test a process of its own; here they share one. So the simulator is put back
 * after each test, whatever the test left behind.
 */
class FailureListener : public ::testing::EmptyTestEventListener
{
  public:
    /// A failed assertion, and the test that it failed in.
    struct Failure
    {
        std::string test;                 //!< name of the test
        ::testing::TestPartResult result; //!< where and why
    };

    /**
     * @brief Hand over the failures collected so far.
     * @return the failures
     */
    std::vector<Failure> Take()
    {
        return std::exchange(m_failures, {});
    }

  private:
    void OnTestStart(const ::testing::TestInfo& test) override
    {
        m_test = test.name();
    }

    void OnTestPartResult(const ::testing::TestPartResult& result) override
    {
        if (result.failed())
        {
            m_failures.push_back({m_test, result});
        }
    }

    void OnTestEnd(const ::testing::TestInfo&) override
    {
        Simulator::Destroy();
    }

    std::string m_test;              //!< the test that is running
    std::vector<Failure> m_failures; //!< what failed since the last Take
};

/**
 * @ingroup l2tp-tests
 *
 * @brief The tests of one GoogleTest test suite as a TestCase.
 */
class GoogleTestCase : public TestCase
{
  public:
    /**
     * @brief Constructor.
     * @param suite name of the GoogleTest test suite
     * @param listener collects the failures
     */
    GoogleTestCase(const std::string& suite, FailureListener& listener)
        : TestCase(CaseName(suite)),
          m_suite(suite),
          m_listener(listener)
    {
    }

  private:
    /**
     * @brief Name the case: ns-3 makes it a folder's name, in which a slash cannot stand.
     * @param suite name of the GoogleTest test suite; a parametrised one holds a slash
     * @return the name
     */
    static std::string CaseName(std::string suite)
    {
        for (char& c : suite)
        {
            c = c == '/' ? '.' : c;
        }
        return suite;
    }

    void DoRun() override
    {
        ::testing::GTEST_FLAG(filter) = m_suite + ".*";
        ::testing::GTEST_FLAG(break_on_failure) = MustAssertOnFailure();
        const int status = RUN_ALL_TESTS();
        const auto failures = m_listener.Take();
        for (const auto& [test, result] : failures)
        {
            // What NS_TEST_EXPECT_MSG_EQ calls, with the place of GoogleTest's assertion.
            ReportTestFailure(m_suite + "." + test,
                              "see message",
                              "see message",
                              result.message(),
                              result.file_name() ? result.file_name() : __FILE__,
                              result.line_number());
        }
        NS_TEST_EXPECT_MSG_EQ((status != 0),
                              !failures.empty(),
                              "GoogleTest's status differs from the assertions seen");
    }

    std::string m_suite;         //!< name of the GoogleTest test suite
    FailureListener& m_listener; //!< collects the failures
};

/**
 * @ingroup l2tp-tests
 *
 * @brief Runs this module's GoogleTest tests, a TestCase for each of their test suites, so that
 * there is one set of tests for ctest and for ns-3's test.py.
 */
class L2tpTestSuite : public TestSuite
{
  public:
    L2tpTestSuite()
        : TestSuite("l2tp", Type::UNIT)
    {
    }

  private:
    /// Add the cases, which cannot be done earlier: GoogleTest's tests are registered by static
    /// constructors, as this suite is.
    void DoSetup() override
    {
        if (m_listener)
        {
            return;
        }
        int argc = 1;
        char name[] = "l2tp";
        char* argv[] = {name, nullptr};
        ::testing::InitGoogleTest(&argc, argv);

        auto& unitTest = *::testing::UnitTest::GetInstance();
        auto& listeners = unitTest.listeners();
        delete listeners.Release(listeners.default_result_printer());
        m_listener = new FailureListener;
        listeners.Append(m_listener); // which owns it from here on
        for (int i = 0; i < unitTest.total_test_suite_count(); i++)
        {
            AddTestCase(new GoogleTestCase(unitTest.GetTestSuite(i)->name(), *m_listener));
        }
    }

    FailureListener* m_listener{nullptr}; //!< collects the failures; null before the set-up
};

L2tpTestSuite g_l2tpTestSuite; //!< registers itself

} // namespace
