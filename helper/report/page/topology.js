// SPDX-License-Identifier: GPL-2.0-only
// The picture of the network, with tunnels and sessions over it.
"use strict";

const MAX_RANKED = 10; // nodes of a rank that are drawn

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

/** Distances from a node: rank by node ID; and where each was reached from. */
function ranksFrom(start, next) {
  const rank = new Map([[start, 0]]);
  const from = new Map();
  const queue = [start];
  while (queue.length) {
    const id = queue.shift();
    for (const other of next.get(id)) {
      if (!rank.has(other)) {
        rank.set(other, rank.get(id) + 1);
        from.set(other, id);
        queue.push(other);
      }
    }
  }
  return { rank, from };
}

/** The nodes by rank, from one side of the network to the other. */
function rankedNodes(next) {
  if (run.nodes.length === 0) {
    return [];
  }
  const opener = run.tunnels[0]?.ends[0];
  let start = opener ? (opener.opens ? opener.node : opener.peer) : run.nodes[0].id;
  start = next.has(start) ? start : run.nodes[0].id;
  // The picture begins where calls come from: as far from the other end as can be.
  const far = opener && next.has(opener.opens ? opener.peer : opener.node)
    ? ranksFrom(opener.opens ? opener.peer : opener.node, next).rank : ranksFrom(start, next).rank;
  const farthest = [...far].reduce((best, entry) => entry[1] > best[1] ? entry : best, [start, -1])[0];
  const beyond = ranksFrom(start, next).rank;
  const first = (beyond.get(farthest) ?? 0) <= (far.get(farthest) ?? 0) ? farthest : start;
  const { rank } = ranksFrom(first, next);
  const ranks = [];
  for (const { id } of run.nodes) {
    (ranks[rank.get(id) ?? 0] ??= []).push(id);
  }
  return ranks.map((ids) => ids ?? []);
}

const ranked = rankedNodes(neighbours());
/** The nodes from one side to the other: the order of the ladder's lifelines. */
const nodeOrder = new Map(ranked.flat().map((id, index) => [id, index]));

/** The nodes on the way between two, both included. */
function wayBetween(a, b, next) {
  const { from } = ranksFrom(a, next);
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
  const shown = ranked.map((ids) => ids.length <= MAX_RANKED ? ids
    : [...ids].sort((x, y) => ends.has(y) - ends.has(x) || x - y).slice(0, MAX_RANKED).sort((x, y) => x - y));
  const tallest = Math.max(1, ...shown.map((ids) => ids.length));
  const along = upright ? 92 : Math.max(STEP, (width - 60) / Math.max(1, ranked.length));
  const across = upright ? Math.min(150, (width - 20) / tallest) : 78;
  const place = new Map();
  shown.forEach((ids, i) => ids.forEach((id, j) => {
    const main = 62 + i * along;
    const middle = upright ? width / 2 - tallest * across / 2 : 0;
    const cross = Math.max(0, middle) + (tallest - ids.length) * across / 2 + (j + .5) * across;
    place.set(id, upright ? { x: cross, y: main - 18 } : { x: main, y: cross + 26 });
  }));
  const w = upright ? Math.max(width, tallest * across + 10) : 124 + (ranked.length - 1) * along;
  const h = upright ? 90 + (ranked.length - 1) * along : tallest * across + 46;
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
    if (pairs.length <= 8) {
      const p = way[Math.floor((way.length - 1) / 2)];
      const q = way[Math.floor((way.length - 1) / 2) + 1];
      const up = upright ? { x: 16, y: 4, anchor: "start" } : { x: 0, y: -14 - 11 * (index % 2), anchor: "middle" };
      picture.append(drawn("text", { class: "soft", x: (p.x + q.x) / 2 + up.x,
        y: (p.y + q.y) / 2 + up.y, "text-anchor": up.anchor },
      `${plural(pair.tunnels.length, "tunnel")}, ${plural(pair.sessions, "session")}`));
    }
  });
  for (const [id, { x, y }] of place) {
    const node = nodesById.get(id);
    picture.append(drawn("circle", { class: ends.has(id) ? "node end" : "node", cx: x, cy: y, r: 9 },
      drawn("title", {}, [node.name, ...node.addresses].join("\n"))));
    const beside = upright && shown.find((ids) => ids.includes(id)).length < 2;
    picture.append(drawn("text", beside ? { x: x - 16, y: y + 4, "text-anchor": "end" }
      : { x, y: y + 25, "text-anchor": "middle" }, node.name));
    if (!upright && node.addresses.length && across > 50) {
      picture.append(drawn("text", { class: "soft", x, y: y + 38, "text-anchor": "middle" },
        node.addresses[0]));
    }
  }
  const hidden = run.nodes.length - place.size;
  const words = element("p", { id: "map-words", class: "note" },
    `${plural(run.nodes.length, "node")}, ${plural(run.links.length, "link")}, ` +
    `${plural(run.tunnels.length, "tunnel")} (the broad bands), ${plural(run.sessions.length, "session")} ` +
    "(the lines in them), over the whole run."
    + (hidden > 0 ? ` ${plural(hidden, "node")} of ranks with more than ${MAX_RANKED} are not drawn.` : ""));
  byId("map").replaceChildren(picture, words);
}

function showTunnels() {
  const MAX = 40;
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
