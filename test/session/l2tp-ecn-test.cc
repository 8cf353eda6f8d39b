/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The ECN field at the ends of a tunnel (RFC 6040), cell by cell of the RFC's figures.

#include "ns3/l2tp-ecn.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// The words of a line of a figure, without what is at its borders.
std::vector<std::string>
Cells(const std::string& line)
{
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string part; std::getline(parts, part, '|');)
    {
        std::istringstream words(part);
        std::string cell;
        for (std::string word; words >> word;)
        {
            cell += word;
        }
        if (!cell.empty())
        {
            cells.push_back(cell);
        }
    }
    return cells;
}

/// A codepoint by its name (RFC 6040, section 2, table 1).
L2tpEcn
Named(const std::string& name)
{
    if (name == "Not-ECT")
    {
        return L2tpEcn::NOT_ECT;
    }
    if (name == "ECT(0)")
    {
        return L2tpEcn::ECT_0;
    }
    if (name == "ECT(1)")
    {
        return L2tpEcn::ECT_1;
    }
    EXPECT_EQ(name, "CE");
    return L2tpEcn::CE;
}

} // namespace

// RFC 6040, section 2, table 1.
TEST(L2tpEcnTest, Codepoints)
{
    EXPECT_EQ(L2tpEcnOf(0b00), L2tpEcn::NOT_ECT);
    EXPECT_EQ(L2tpEcnOf(0b01), L2tpEcn::ECT_1);
    EXPECT_EQ(L2tpEcnOf(0b10), L2tpEcn::ECT_0);
    EXPECT_EQ(L2tpEcnOf(0b11), L2tpEcn::CE);
    EXPECT_EQ(L2tpEcnOf(0xb8), L2tpEcn::NOT_ECT) << "DSCP 46";
    EXPECT_EQ(L2tpWithEcn(0xba, L2tpEcn::CE), 0xbb);
    EXPECT_EQ(L2tpWithEcn(0xff, L2tpEcn::NOT_ECT), 0xfc);
}

// RFC 6040, section 4.1, figure 3; the columns are compatibility mode and normal mode.
TEST(L2tpEcnTest, Encapsulation)
{
    std::size_t rows = 0;
    std::istringstream figure("|    Not-ECT      |   Not-ECT     |   Not-ECT     |\n"
                              "|     ECT(0)      |   Not-ECT     |    ECT(0)     |\n"
                              "|     ECT(1)      |   Not-ECT     |    ECT(1)     |\n"
                              "|       CE        |   Not-ECT     |      CE       |\n");
    for (std::string line; std::getline(figure, line); ++rows)
    {
        const auto cells = Cells(line);
        ASSERT_EQ(cells.size(), 3U) << line;
        const L2tpEcn inner = Named(cells[0]);
        EXPECT_EQ(L2tpEncapsulateEcn(inner, L2TP_ECN_COMPATIBILITY), Named(cells[1])) << line;
        EXPECT_EQ(L2tpEncapsulateEcn(inner, L2TP_ECN_NORMAL), Named(cells[2])) << line;
        EXPECT_EQ(L2tpEncapsulateEcn(inner, L2TP_ECN_NONE), L2tpEcn::NOT_ECT) << line;
    }
    EXPECT_EQ(rows, 4U);
}

// RFC 6040, section 4.2, figure 4.
TEST(L2tpEcnTest, Decapsulation)
{
    std::istringstream figure("|         | Not-ECT | ECT(0)     | ECT(1)     |     CE     |\n"
                              "| Not-ECT | Not-ECT |Not-ECT(!!!)|Not-ECT(!!!)| <drop>(!!!)|\n"
                              "|  ECT(0) |  ECT(0) | ECT(0)     | ECT(1)     |     CE     |\n"
                              "|  ECT(1) |  ECT(1) | ECT(1) (!) | ECT(1)     |     CE     |\n"
                              "|    CE   |      CE |     CE     |     CE(!!!)|     CE     |\n");
    std::string line;
    std::getline(figure, line);
    const auto outers = Cells(line);
    ASSERT_EQ(outers.size(), 4U);
    std::size_t rows = 0;
    for (; std::getline(figure, line); ++rows)
    {
        const auto cells = Cells(line);
        ASSERT_EQ(cells.size(), 5U) << line;
        for (std::size_t i = 0; i < outers.size(); ++i)
        {
            SCOPED_TRACE("inner " + cells[0] + ", outer " + outers[i]);
            std::string cell = cells[i + 1];
            const auto& outcome = L2tpDecapsulateEcn(Named(cells[0]), Named(outers[i]));
            L2tpEcnUse use = L2tpEcnUse::USED;
            if (const auto mark = cell.find("(!"); mark != std::string::npos)
            {
                use = cell.substr(mark) == "(!)" ? L2tpEcnUse::POSSIBLY_DANGEROUS
                                                 : L2tpEcnUse::DANGEROUS;
                cell.erase(mark);
            }
            EXPECT_EQ(outcome.use, use);
            EXPECT_EQ(outcome.isDropped, cell == "<drop>");
            if (!outcome.isDropped)
            {
                EXPECT_EQ(outcome.outgoing, Named(cell));
            }
        }
    }
    EXPECT_EQ(rows, 4U);
}
