# SPDX-License-Identifier: GPL-2.0-only
"""Debian systems in folders of their own: made by debootstrap, entered by chroot. Needs root."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Mapping, Sequence

from debian_source import CACHE

PACKAGES = "Identifier: Packages", "Origin: Debian"

# What a root gets of the system's own configuration, so that apt works in there as it does here.
COPIED = ("apt.conf", "apt.conf.d", "auth.conf", "auth.conf.d")


def system_release() -> str:
    """Return the code name of the system's own release."""
    text = Path("/etc/os-release").read_text(encoding="utf-8")
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return fields["VERSION_CODENAME"].strip('"')


def index_targets(line: str, *conditions: str) -> list[str]:
    """Return a line for each of the sources that the system's apt has, without repetition."""
    command = ["apt-get", "indextargets", *PACKAGES, *conditions, "--format", line]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return list(dict.fromkeys(done.stdout.splitlines()))


def mirror() -> str:
    """Return the address of the mirror that the system's apt has its own release from."""
    found = index_targets("$(REPO_URI)", f"Codename: {system_release()}")
    if not found:
        sys.exit("apt has no source of this system's release. Type:\n  sudo apt-get update")
    return found[0]


class DebianRoot:
    """A Debian system in a folder."""

    def __init__(self, folder: Path, release: str):
        self.folder = folder
        self.release = release

    def exists(self) -> bool:
        return self.folder.is_dir()

    def make(self, *include: str) -> None:
        """Install the base system and further packages; leave nothing if that fails."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder.with_name(self.folder.name + ".part")
        remove(part)
        # What it mounts in there ends with it, even if it is cut short.
        command: list[str | Path] = ["unshare", "--mount", "debootstrap", "--variant=minbase"]
        command += [f"--include={','.join(include)}"] if include else []
        command += [self.release, part, mirror()]
        # All releases are made alike; a debootstrap may not know the newest one by its name.
        scripts = Path("/usr/share/debootstrap/scripts")
        command += [] if (scripts / self.release).exists() else [scripts / "sid"]
        log = CACHE / f"debootstrap-{self.release}.log"
        with open(log, "w", encoding="utf-8") as file:
            done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            tail = log.read_text(encoding="utf-8").splitlines()[-30:]
            sys.exit("\n".join([*tail, f"Installing {self.release}'s base system failed."]))
        part.chmod(0o755)  # which the user that apt downloads as must be able to enter
        part.rename(self.folder)

    def configure(self) -> None:
        """Give it the system's own configuration of apt and of the network."""
        if self.release == system_release():
            sources = index_targets("deb $(REPO_URI) $(RELEASE) $(COMPONENT)")
        else:
            sources = [f"deb {mirror()} {self.release} main"]
        text = "".join(f"{line}\n" for line in sorted(sources))
        (self.folder / "etc/apt/sources.list").write_text(text, encoding="utf-8")
        for name in COPIED:
            source, target = Path("/etc/apt") / name, self.folder / "etc/apt" / name
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, target)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(Path("/etc") / name, self.folder / "etc" / name)
        certificates = Path("/usr/local/share/ca-certificates")
        if certificates.is_dir():
            shutil.copytree(certificates, self.folder / str(certificates)[1:], dirs_exist_ok=True)
            self.run(["sh", "-c", "! command -v update-ca-certificates || update-ca-certificates"],
                     output=subprocess.DEVNULL)  # fmt: skip

    def install(self, *names: str) -> None:
        """Install packages; exit if that fails."""
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        log = CACHE / f"install-{self.release}.log"
        with open(log, "w", encoding="utf-8") as file:
            self.run(["dpkg", "--configure", "-a"], output=file)  # if the last time was cut short
            self.run([*apt, "update"], output=file)
            status = self.run(
                [*apt, "install", "--yes", "--no-install-recommends", *names], output=file
            )
        if status != 0:
            tail = log.read_text(encoding="utf-8").splitlines()[-30:]
            sys.exit("\n".join([*tail, f"Installing packages of {self.release} failed."]))

    def run(
        self,
        command: Sequence[str | Path],
        *,
        folder: str = "/root",
        binds: Mapping[Path, str] | None = None,
        environment: Mapping[str, str] | None = None,
        output: IO[str] | int | None = None,
    ) -> int:
        """Run a command in there; return its exit status.

        `binds` are folders of the system that it sees under other names. Mounts and processes end
        with the command.
        """
        at = shlex.quote(str(self.folder))
        steps = [f"mount -t proc proc {at}/proc", f"mount -t tmpfs tmpfs {at}/dev/shm"]
        for source, target in (binds or {}).items():
            source.mkdir(parents=True, exist_ok=True)
            (self.folder / target.lstrip("/")).mkdir(parents=True, exist_ok=True)
            steps.append(f"mount --bind {shlex.quote(str(source))} {at}{shlex.quote(target)}")
        settings = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
        settings["DEBIAN_FRONTEND"] = "noninteractive"
        for name in ("http_proxy", "https_proxy"):
            if name in os.environ:
                settings[name] = os.environ[name]
        settings.update(environment or {})
        inner = f"cd {shlex.quote(folder)} && exec {shlex.join(str(word) for word in command)}"
        chroot = ["env", "--ignore-environment", *map("=".join, settings.items())]
        chroot += ["chroot", str(self.folder), "sh", "-c", inner]
        steps.append(f"exec {shlex.join(chroot)}")
        outer = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c"]
        sys.stdout.flush()
        status = subprocess.run(
            [*outer, " && ".join(steps)],
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            check=False,
        ).returncode
        return status if status >= 0 else 128 - status

    def read(self, command: Sequence[str]) -> str:
        """Return what a command in there prints, without the last end of line."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            self.run(command, output=file)
            file.seek(0)
            return file.read().strip()

    def installed(self) -> set[str]:
        """Return the names of the packages that are installed there."""
        command = ["dpkg-query", f"--admindir={self.folder}/var/lib/dpkg", "--show"]
        command += ["--showformat", "${Package} ${db:Status-Status}\n"]
        shown = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        rows = (line.split() for line in shown.splitlines())
        return {row[0] for row in rows if row[1:] == ["installed"]}


def remove(folder: Path) -> None:
    """Remove a root, and nothing that is mounted in it."""
    subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)
