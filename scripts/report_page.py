#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Make one C++ source of the parts of a report's page, so that a report needs no other file.

The build calls it: report_page.py OUT. The parts are in helper/report/page/, and page.html says
which of them stand where, as <!--style: NAME-->, <!--script: NAME--> and <!--comment: NAME-->.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "helper/report/page"
DATA = "<!--data-->"
# A compiler need not take longer literals (C++, annex B); what stands side by side is one.
LONGEST = 16000


def parts() -> list[Path]:
    """Return all files that the page is made of."""
    text = (FOLDER / "page.html").read_text(encoding="utf-8")
    names = re.findall(r"<!--(?:style|script|comment): (\S+)-->", text)
    return [FOLDER / "page.html", *(FOLDER / name for name in names)]


def page() -> str:
    """Return the page, with a mark where the data of a run go."""
    text = (FOLDER / "page.html").read_text(encoding="utf-8")

    def part(found: re.Match) -> str:
        content = (FOLDER / found[2]).read_text(encoding="utf-8")
        if re.search("</script|</style|-->", content):
            sys.exit(f"{found[2]} would end its element of the page")
        if found[1] == "comment":
            return f"<!--\n{content}-->"
        return f"<{found[1]}>\n{content}</{found[1]}>"

    return re.sub(r"<!--(style|script|comment): (\S+)-->", part, text)


def literal(text: str) -> str:
    """Return a text as a literal of C++."""
    chunks = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]
    return "\n".join(f'R"l2tp({chunk})l2tp"' for chunk in chunks)


def main() -> None:
    """Write the source."""
    head, data, tail = page().partition(DATA)
    if not data or DATA in tail:
        sys.exit(f"page.html must have {DATA} once")
    source = f"""// Made by scripts/report_page.py of helper/report/page/: change that, not this.

#include "ns3/l2tp-report-page.h"

namespace ns3
{{

const char* const L2TP_REPORT_PAGE_HEAD = {literal(head)};

const char* const L2TP_REPORT_PAGE_TAIL = {literal(tail)};

}} // namespace ns3
"""
    Path(sys.argv[1]).write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
