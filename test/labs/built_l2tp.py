# SPDX-License-Identifier: GPL-2.0-only

"""`./l2tp` with programs that are built already: it neither builds nor installs anything.

L2TP_BIN names the folder of the programs. What runs write goes to out/ in the working folder.
"""

import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Do what the command line says."""
    loader = importlib.machinery.SourceFileLoader("l2tp", str(ROOT / "l2tp"))
    spec = importlib.util.spec_from_loader("l2tp", loader)
    driver = importlib.util.module_from_spec(spec)
    loader.exec_module(driver)

    class Built(driver.Build):
        """A build that is done."""

        def __init__(self) -> None:
            super().__init__()
            self.folder = Path(os.environ["L2TP_BIN"]).parent

        def make(self, *_: str) -> None:
            """Leave it as it is."""

    driver.Build = Built
    driver.packages.require = lambda _: None
    known = driver.scenarios()
    driver.scenarios = lambda: known
    driver.ROOT = Path.cwd()
    return driver.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
