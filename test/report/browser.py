# SPDX-License-Identifier: GPL-2.0-only

"""A headless Chromium, through its driver, by the WebDriver protocol of the W3C."""

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element's ID, by the standard


class Browser:
    """A page in a window without a screen; what it logs and loads is kept."""

    def __init__(self, width: int = 1280, height: int = 900) -> None:
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not chromium or not driver:
            raise RuntimeError("chromium and chromium-driver are needed: ./l2tp test installs them")
        self._driver = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        port = ""
        for line in self._driver.stdout:
            if "on port" in line and "started" in line:
                port = line.split("on port")[1].strip(" .\n")
                break
        self._base = f"http://127.0.0.1:{port}/session"
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
                     "--force-device-scale-factor=1", f"--window-size={width},{height}"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # which doesn't work for root
        wanted = {"browserName": "chrome",
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                  "goog:chromeOptions": {"binary": chromium, "args": arguments}}
        try:
            made = self._call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        except BaseException:
            self._end()
            raise
        self._base += f"/{made['sessionId']}"
        self.emulate()

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._call("DELETE", "")
        finally:
            self._end()

    def _end(self) -> None:
        self._driver.terminate()
        self._driver.wait()
        self._driver.stdout.close()

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self._base + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with self._open(request, timeout=120) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()}") from error

    def load(self, path: Path) -> None:
        """Load a file, up to the end of its scripts."""
        self._call("POST", "/url", {"url": path.resolve().as_uri()})

    def resize(self, width: int, height: int) -> None:
        """Give the page another size, as on another screen: a window can't be that narrow."""
        self.devtools("Emulation.setDeviceMetricsOverride",
                      {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def emulate(self, **features: str) -> None:
        """Let the reader want something, by features of media queries."""
        # Without motion an element is where it will be.
        features = {"prefers-reduced-motion": "reduce",
                    **{name.replace("_", "-"): value for name, value in features.items()}}
        self.devtools("Emulation.setEmulatedMedia",
                      {"features": [{"name": name, "value": value}
                                    for name, value in features.items()]})

    def devtools(self, command: str, parameters: dict) -> Any:
        """Send a command of Chromium's own protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a function's body in the page, and return what it returns."""
        return self._call("POST", "/execute/sync", {"script": script, "args": arguments})

    def click(self, selector: str) -> None:
        """Click the first element that a selector of CSS finds, as a mouse would."""
        self._call("POST", f"/element/{self._find(selector)}/click")

    def press(self, selector: str, keys: str) -> None:
        """Press keys while an element has the focus."""
        self._call("POST", f"/element/{self._find(selector)}/value", {"text": keys})

    def select(self, selector: str, value: str) -> None:
        """Choose an option of a select, by its value."""
        self.click(f'{selector} option[value="{value}"]')

    def text(self, selector: str) -> str:
        """Return the text of the first element that a selector of CSS finds, as it is shown."""
        return self._call("GET", f"/element/{self._find(selector)}/text")

    def count(self, selector: str) -> int:
        """Count the elements that a selector of CSS finds."""
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def _find(self, selector: str) -> str:
        found = self._call("POST", "/element", {"using": "css selector", "value": selector})
        return found[ELEMENT]

    def problems(self) -> "list[str]":
        """Return what the page logged since the last call, warnings and errors."""
        entries = self._call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self) -> "list[str]":
        """Return the addresses of all that the page loaded since the last call."""
        entries = self._call("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def screenshot(self, path: Path, whole: bool = False) -> None:
        """Save what is in the window, or all of the page."""
        shown = self.devtools("Page.captureScreenshot", {"captureBeyondViewport": whole})
        path.write_bytes(base64.b64decode(shown["data"]))

    def wait(self, script: str, patience: float = 10) -> None:
        """Wait until a script returns something true."""
        end = time.monotonic() + patience
        while not self.run(script):
            if time.monotonic() > end:
                raise RuntimeError(f"never came true: {script}")
            time.sleep(0.05)
