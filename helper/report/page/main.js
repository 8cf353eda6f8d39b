// SPDX-License-Identifier: GPL-2.0-only
// Shows all parts, and keeps them right when the window or its colours change.
"use strict";

showResults();
showTopology();
showTunnels();
showLadder();
showChannels();
showPpp();
showData();
showOnion();
showConfiguration();
showCommands();

const resized = { width: window.innerWidth, timer: 0 };
window.addEventListener("resize", () => {
  if (window.innerWidth === resized.width) {
    return; // a phone's address bar comes and goes
  }
  resized.width = window.innerWidth;
  clearTimeout(resized.timer);
  resized.timer = setTimeout(() => {
    showTopology();
    layLadder();
    redrawCharts();
  }, 150);
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);
