// What is drawn of two files: how much later cues start along time, how many by how much, and both
// files with what each cue became.
const DRIFT_HEIGHT = 84;
const SQUARE = 5;
const BETWEEN = 26;
const BINS = 28;
const FEW_DOTS = 200;

// What a pairing is drawn as: the first of these that it is, by the kinds of differences.
const GROUPS = [
  ["added", "+", ["added"]], ["removed", "−", ["removed"]],
  ["wording", "≠", ["reworded", "split", "merged", "recut"]], ["moved", "⇅", ["moved"]],
  ["retimed", "↔", ["retimed"]], ["lines", "¶", ["rewrapped", "restyled"]],
];
const SAME = GROUPS.length;
const CLASSES = [...GROUPS.map(([name]) => name), "same"];
// Those that the drift does not show.
const SQUARES = ["wording", "moved", "added", "removed"];

const { kinds, pairings, shifts } = account ?? { kinds: [], pairings: [], shifts: [] };
const bit = (kind) => 1 << kinds.indexOf(kind);
const GROUP_BITS = GROUPS.map(([, , names]) => names.reduce((bits, name) => bits | bit(name), 0));
const groups = pairings.map(([, , bits]) => (bits ? GROUP_BITS.findIndex((group) => bits & group) : SAME));
let old, now, pairingOfOld, pairingOfNew, drift;
let picked = null;

const firstOf = (at) => {
  const [ours, theirs] = pairings[at];
  return ours.length ? old.starts[ours[0]] : now.starts[theirs[0]];
};

// How much later cues start that are in both files, and in the same order.
const readDrift = () => {
  const isKept = ([ours, theirs, bits]) => ours.length && theirs.length && !(bits & bit("moved"));
  const kept = pairings.filter(isKept);
  const times = kept.map(([ours]) => old.starts[ours[0]]);
  const later = kept.map(([, , , start]) => start);
  const sorted = Float64Array.from(later).sort();
  const rank = (part) => sorted[Math.max(Math.ceil(sorted.length * part) - 1, 0)] ?? 0;
  // What is shown is where all but one in a hundred are; the others stand at its edges.
  const [low, high] = [Math.min(rank(0.005), 0), Math.max(rank(0.995), 0)];
  const room = Math.max((high - low) * 0.08, 150);
  return { times, later, median: rank(0.5), low: low - room, high: high + room };
};
// Where a shift stands, from 0 at the top to 1.
const share = (ms) => (drift.high - Math.min(Math.max(ms, drift.low), drift.high)) / (drift.high - drift.low);
const driftY = (ms) => Number((2 + share(ms) * (DRIFT_HEIGHT - 4)).toFixed(1));

// Dots where there is room for them; else of each column the median, and from the least to the most.
const driftDots = (scale) => {
  const { times, later } = drift;
  const dot = (x, ms) => `M${x.toFixed(1)} ${driftY(ms)}h.01`;
  if (times.length <= 3 * scale.width) {
    const dots = times.map((ms, at) => dot(scale.x(ms), later[at])).join("");
    return [path(times.length < FEW_DOTS ? "dots few" : "dots", dots)];
  }
  const { count, place } = columnsOf(scale);
  const columns = Array.from({ length: count }, () => []);
  times.forEach((ms, at) => columns[place(ms)].push(later[at]));
  let [spread, middle] = ["", ""];
  columns.forEach((found, column) => {
    if (!found.length) return;
    found.sort((one, other) => one - other);
    const x = (column + 0.5) * COLUMN;
    spread += `M${x} ${driftY(found[0]) + 0.5}V${driftY(found.at(-1))}`;
    middle += dot(x, found[found.length >> 1]);
  });
  return [path("spread", spread), path("dots", middle)];
};

// A few heights with how much they are.
const levels = () => {
  const steps = [50, 100, 200, 500, ...STEPS.filter((step) => step >= SECOND)];
  const step = steps.find((step) => (drift.high - drift.low) / step <= 4) ?? steps.at(-1);
  const drawn = [];
  for (let ms = Math.ceil(drift.low / step) * step; ms <= drift.high; ms += step) {
    const words = ms ? signed(ms).replace(/\.?0+ s$/, " s") : "0";
    if (driftY(ms) > 8) drawn.push(label("level", 3, driftY(ms) - 2, words));
  }
  return drawn;
};

// How many starts went how far, on the heights of the drift.
const histogram = (height) => {
  const svg = byId("histogram");
  const width = svg.clientWidth;
  const counts = new Array(BINS).fill(0);
  for (const ms of drift.later) counts[Math.min(Math.floor(share(ms) * BINS), BINS - 1)] += 1;
  const most = Math.max(...counts, 1);
  const edge = (at) => signed(Math.round(drift.high - (at / BINS) * (drift.high - drift.low)));
  const tall = (DRIFT_HEIGHT - 4) / BINS;
  const bins = counts.map((count, at) => {
    const size = { width: Math.max((count / most) * (width - 8), 1.5), height: tall - 0.6 };
    const says = draw("title", `${counted(count, "start")} from ${edge(at + 1)} to ${edge(at)}`);
    return count ? draw("rect.bin", { x: 0, y: 2 + at * tall, ...size }, says) : "";
  });
  const median = signed(drift.median);
  const words = width > 120 ? `median ${median}` : median;
  svg.setAttribute("aria-label", `How many starts went how far; the median is ${median}`);
  paint(svg, height + AXIS_HEIGHT, [
    path("base", `M0 ${driftY(0)}H${width}`), bins, path("median", `M0 ${driftY(drift.median)}H${width}`),
    label("level", width - 3, DRIFT_HEIGHT + 14, words, "end"),
  ]);
};

const overview = (scale) => {
  const [near, far] = [driftY(500), driftY(-500)];
  const band = { y: near, width: scale.width, height: far - near };
  const found = groups.flatMap((group, at) => {
    const row = SQUARES.indexOf(CLASSES[group]);
    return row < 0 ? [] : [[row, firstOf(at)]];
  });
  const y = DRIFT_HEIGHT + 4;
  const height = y + SQUARES.length * SQUARE + 1;
  histogram(height);
  const drawn = [
    draw("rect.near", band, draw("title", "within half a second")), baseLine(scale, driftY(0)),
    driftDots(scale), levels(), squares(scale, SQUARES, found, y, SQUARE),
  ];
  if (picked !== null) drawn.push(pickedAt(scale.x(firstOf(picked))));
  return { height, drawn };
};

// How cues differ, in words.
const toldKinds = (at) => {
  const [ours, theirs, bits, start, end, likeness, differences] = pairings[at];
  const cut = ` ${ours.length} → ${theirs.length}`;
  const by = {
    retimed: start === end ? ` ${signed(start)}` : ` start ${signed(start)}, end ${signed(end)}`,
    reworded: likeness < 1000 ? ` ${(likeness / 10).toFixed(1)} % alike` : "",
    restyled: ` ${differences?.[2]}`,
    split: cut, merged: cut, recut: cut,
  };
  return kinds.filter((kind) => bits & bit(kind)).map((kind) => kind + (by[kind] ?? ""));
};

const classOf = (at) => CLASSES[groups[at]] + (at === picked ? " picked" : "");

const cueBar = (scale, cues, at, pairing, y) => {
  const says = [`${cues.name(at)} · ${cues.times(at)}`, ...cues.texts[at], ...toldKinds(pairing)];
  const sign = (x, y) => label("sign", x, y + 18, GROUPS[groups[pairing]][1]);
  return bar(scale, cues, at, y, classOf(pairing), groups[pairing] < SAME && sign, says.join("\n"));
};

// From old cues to what they became.
const ribbon = (scale, at) => {
  const [ours, theirs] = pairings[at];
  if (!ours.length || !theirs.length) return "";
  const edges = (cues, places) =>
    [scale.x(cues.starts[places[0]]), scale.x(cues.ends[places.at(-1)])].map((x) => x.toFixed(1));
  const [[left, right], [newLeft, newRight]] = [edges(old, ours), edges(now, theirs)];
  const [top, middle, bottom] = [BAR_HEIGHT + 1, BAR_HEIGHT + 1 + BETWEEN / 2, BAR_HEIGHT + 1 + BETWEEN];
  const curve = (from, to, end) => `C${from} ${middle} ${to} ${middle} ${to} ${end}`;
  const d = `M${left} ${top}${curve(left, newLeft, bottom)}H${newRight}${curve(newRight, right, top)}Z`;
  return path("ribbon " + classOf(at), d);
};

const detail = (scale) => {
  const [ours, theirs] = [old, now].map((cues) => cues.between(scale.from, scale.to));
  const y = 1 + BAR_HEIGHT + BETWEEN;
  const columns = (cues, places, y, pairingOf) =>
    barColumns(scale, cues, places, y, CLASSES, (at) => groups[pairingOf[at]]);
  const bars = (cues, places, y, pairingOf) =>
    places.map((at) => cueBar(scale, cues, at, pairingOf[at], y));
  const isMany = ours.length + theirs.length > 2 * MANY;
  const each = isMany ? columns : bars;
  const seen = new Set([...ours.map((at) => pairingOfOld[at]), ...theirs.map((at) => pairingOfNew[at])]);
  const x = scale.width - 4;
  const drawn = [
    isMany ? [] : [...seen].map((at) => ribbon(scale, at)),
    each(old, ours, 1, pairingOfOld), each(now, theirs, y, pairingOfNew),
    label("lane", x, BAR_HEIGHT + 11, "old", "end"), label("lane", x, y - 4, "new", "end"),
  ];
  return { height: y + BAR_HEIGHT + 2, drawn };
};
