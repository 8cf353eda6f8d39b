// SPDX-License-Identifier: GPL-2.0-only
// The picture of the network, with tunnels and sessions over it.
"use strict";

const MAX_RANKED = 6;  // nodes of a rank that are drawn
const MAX_NARROW = 3;  // the same, where ranks lie one below the other

/** Who is next to whom: node IDs by node ID. */
function neighbours() {
  const next = new Map(run.nodes.map((node) => [node.id, new Set()]));
  for (const link of run.links) {
    const [hub] = link.nodes;
    // All are on one link, but a picture of each pair would be none.
    const pairs = link.nodes.length > 3
      ? link.nodes.slice(0, -1).map((id) => [id, link.nodes.at(-1)])
      : link.nodes.slice(1).map((id) => [hub, id]);
    for (const [a, b] of pairs) {
      if (a !== b) {
        next.get(a).add(b);
        next.get(b).add(a);
      }
    }
  }
  return next;
}

/** Distances from the nearest of some nodes, by node ID; and where each was reached from. */
function distancesFrom(starts, next) {
  const distance = new Map(starts.map((id) => [id, 0]));
  const from = new Map();
  const queue = [...starts];
  while (queue.length) {
    const id = queue.shift();
    for (const other of next.get(id) ?? []) {
      if (!distance.has(other)) {
        distance.set(other, distance.get(id) + 1);
        from.set(other, id);
        queue.push(other);
      }
    }
  }
  return { distance, from };
}

/** Who opens tunnels, and who accepts them: node IDs of each tunnel. */
const openers = run.tunnels.map(({ ends: [end] }) => end.opens ? end.node : end.peer);
const acceptors = run.tunnels.map(({ ends: [end] }) => end.opens ? end.peer : end.node);

/** The nodes by rank: what is before the tunnels, their ways, and what is behind them. */
function rankedNodes(next) {
  // A switch in a row is neither the beginning nor the end.
  const only = (ids, others) => [...new Set(ids.filter((id) => next.has(id) && !others.includes(id)))];
  const begins = only(openers, acceptors);
  const ends = only(acceptors, openers);
  if (!begins.length || !ends.length) {
    begins.splice(0, begins.length, ...run.nodes.slice(0, 1).map((node) => node.id));
  }
  const before = distancesFrom(begins, next).distance;
  const behind = distancesFrom(ends, next).distance;
  const length = Math.min(...ends.map((id) => before.get(id) ?? Infinity));
  const rank = new Map(run.nodes.map(({ id }) => {
    const [a, b] = [before.get(id) ?? 0, behind.get(id) ?? Infinity];
    if (b === Infinity) {
      return [id, a];
    }
    return [id, b >= a + length ? -a : a >= b + length ? length + b
      : Math.max(1, Math.min(length - 1, a))];
  }));
  const first = Math.min(0, ...rank.values());
  const ranks = [];
  for (const [id, number] of rank) {
    (ranks[number - first] ??= []).push(id);
  }
  return Array.from(ranks, (ids) => ids ?? []);
}

const ranked = rankedNodes(neighbours());
/** The nodes from one side to the other: the order of the ladder's lifelines. */
const nodeOrder = new Map(ranked.flat().map((id, index) => [id, index]));

/** The nodes on the way between two, both included. */
function wayBetween(a, b, next) {
  const { from } = distancesFrom([a], next);
  const way = [b];
  while (way.at(-1) !== a && from.has(way.at(-1))) {
    way.push(from.get(way.at(-1)));
  }
  return way.reverse();
}

/** Tunnels between the same two nodes, as one. */
function tunnelPairs() {
  const pairs = new Map();
  run.tunnels.forEach((tunnel, index) => {
    const [end] = tunnel.ends;
    const [a, b] = end.opens ? [end.node, end.peer] : [end.peer, end.node];
    const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
    const pair = pairs.get(key) ?? { a, b, tunnels: [], sessions: 0 };
    pair.tunnels.push(index);
    pair.sessions += run.sessions.filter((session) => session.tunnel === index).length;
    pairs.set(key, pair);
  });
  return [...pairs.values()];
}

const plural = (count, what) => `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;

function showTopology() {
  const next = neighbours();
  const pairs = tunnelPairs();
  const ends = new Set(run.tunnels.flatMap((tunnel) => [tunnel.ends[0].node, tunnel.ends[0].peer]));
  const width = byId("map").clientWidth || 800;
  const STEP = 132;
  const upright = ranked.length * STEP > width;
  // Those that have tunnels first, if not all fit.
  const most = upright ? MAX_NARROW : MAX_RANKED;
  const shown = ranked.map((ids) => ids.length <= most ? ids
    : [...ids].sort((x, y) => ends.has(y) - ends.has(x) || x - y).slice(0, most).sort((x, y) => x - y));
  const tallest = Math.max(1, ...shown.map((ids) => ids.length));
  const along = upright ? 92 : Math.max(STEP, (width - 60) / Math.max(1, ranked.length));
  const across = upright ? Math.min(150, (width - 20) / tallest) : tallest > 3 ? 70 : 84;
  const place = new Map();
  shown.forEach((ids, i) => ids.forEach((id, j) => {
    const main = 62 + i * along;
    const middle = upright ? width / 2 - tallest * across / 2 : 0;
    const cross = Math.max(0, middle) + (tallest - ids.length) * across / 2 + (j + .5) * across;
    place.set(id, upright ? { x: cross, y: main - 18 } : { x: main, y: cross + 26 });
  }));
  const w = upright ? Math.max(width, tallest * across + 10) : 124 + (ranked.length - 1) * along;
  const h = upright ? 90 + (ranked.length - 1) * along : tallest * across + 58;
  const picture = drawn("svg", { viewBox: `0 0 ${w} ${h}`, role: "img",
    "aria-labelledby": "map-words" });
  picture.style.maxWidth = `${w}px`;
  for (const link of run.links) {
    const drawnEnds = link.nodes.filter((id) => place.has(id));
    const hub = link.nodes.length > 3 ? link.nodes.at(-1) : link.nodes[0];
    for (const id of drawnEnds) {
      if (id !== hub && place.has(hub)) {
        const [p, q] = [place.get(hub), place.get(id)];
        picture.append(drawn("line", { class: "link", x1: p.x, y1: p.y, x2: q.x, y2: q.y },
          drawn("title", {}, `${link.kind} ${link.rate} ${link.delay}`)));
      }
    }
  }
  pairs.forEach((pair, index) => {
    const way = wayBetween(pair.a, pair.b, next).map((id) => place.get(id)).filter(Boolean);
    if (way.length < 2) {
      return;
    }
    const points = way.map(({ x, y }) => `${x},${y}`).join(" ");
    const words = `${plural(pair.tunnels.length, "tunnel")}, ${plural(pair.sessions, "session")}: ` +
      `${nodeName(pair.a)} to ${nodeName(pair.b)}`;
    picture.append(drawn("polyline", { class: "tunnel", points, "stroke-width": 22 },
      drawn("title", {}, words)));
    if (pair.sessions) {
      picture.append(drawn("polyline", { class: "session", points,
        "stroke-width": Math.min(6, 1.5 + Math.log2(pair.sessions)) }));
    }
  });
  for (const [id, { x, y }] of place) {
    const node = nodesById.get(id);
    picture.append(drawn("circle", { class: ends.has(id) ? "node end" : "node", cx: x, cy: y, r: 9 },
      drawn("title", {}, [node.name, ...node.addresses].join("\n"))));
    const beside = upright && shown.find((ids) => ids.includes(id)).length < 2;
    picture.append(drawn("text", beside ? { x: x - 16, y: y + 4, "text-anchor": "end" }
      : { x, y: y + 25, "text-anchor": "middle" }, node.name));
    if (!upright && node.addresses.length) {
      picture.append(drawn("text", { class: "soft", x, y: y + 38, "text-anchor": "middle" },
        node.addresses[0]));
    }
    const taken = pairs.filter((pair) => pair.b === id);
    if (taken.length) {
      const tunnels = taken.reduce((all, pair) => all + pair.tunnels.length, 0);
      const sessions = taken.reduce((all, pair) => all + pair.sessions, 0);
      const words = [plural(tunnels, "tunnel"), plural(sessions, "session")];
      const lines = upright ? words : [words.join(", ")];
      lines.forEach((line, number) => picture.append(drawn("text", { class: "soft",
        x: beside ? x + 16 : x, y: (beside ? y - 1 : y - 15 - 12 * (lines.length - 1)) + 12 * number,
        "text-anchor": beside ? "start" : "middle" }, line)));
    }
  }
  ranked.forEach((ids, i) => {
    const last = place.get(shown[i].at(-1));
    if (ids.length > shown[i].length && last) {
      picture.append(drawn("text", { class: "soft", x: upright ? w - 4 : last.x,
        y: upright ? last.y - 16 : last.y + 52, "text-anchor": upright ? "end" : "middle" },
      `and ${grouped(ids.length - shown[i].length)} more`));
    }
  });
  const hidden = run.nodes.length - place.size;
  const words = element("p", { id: "map-words", class: "note" },
    `${plural(run.nodes.length, "node")}, ${plural(run.links.length, "link")}, ` +
    `${plural(run.tunnels.length, "tunnel")} (the broad bands), ${plural(run.sessions.length, "session")} ` +
    "(the lines in them), over the whole run."
    + (hidden > 0 ? ` ${plural(hidden, "node")} of ranks with more than ${most} are not drawn.` : ""));
  byId("map").replaceChildren(picture, words);
}

function showTunnels() {
  const MAX = 200;
  const rows = [];
  run.tunnels.forEach((tunnel, index) => {
    const [a] = tunnel.ends;
    const best = tunnel.ends.filter(Boolean);
    rows.push({ what: `Tunnel ${tunnelName(index)}`, ends: best, by: a.opens ? a.node : a.peer });
    run.sessions.forEach((session, number) => {
      if (session.tunnel === index) {
        rows.push({ what: `\u2003Session ${sessionName(number)}`, ends: session.ends.filter(Boolean) });
      }
    });
  });
  const when = (ends, state) => {
    const found = ends.flatMap((end) => end.states).filter(([, name]) => name === state).map(([t]) => t);
    return found.length ? `${seconds(Math.min(...found), 3)} s` : "–";
  };
  byId("tunnels").replaceChildren(table([
    { head: "What (own IDs of both ends)", of: (row) => row.what },
    { head: "established", number: true, of: (row) => when(row.ends, "established") },
    { head: "why it ended", of: (row) => row.ends.map((end) => end.reason).find(Boolean) ?? "" },
  ], rows.slice(0, MAX)));
  const more = rows.length - MAX;
  const ended = run.tunnel_ends_left_out + run.session_ends_left_out;
  if (more > 0 || ended > 0) {
    byId("tunnels").append(element("p", { class: "note" },
      (more > 0 ? `${grouped(more)} more rows are not shown. ` : "") +
      (ended > 0 ? `Events of tunnels and sessions beyond those kept: ${grouped(ended)}.` : "")));
  }
}
