// What is drawn of a checked file: reading speeds against the limit, bars of cues in the colour of
// the worst that was found in them, where gaps and overlaps are.
const SEVERITIES = ["error", "warning", "note"];
const CLEAN = SEVERITIES.length;
const CLASSES = [...SEVERITIES, "clean"];
const SPEED_HEIGHT = 54;
const WINDOW_SPEED_HEIGHT = 42;
const SECOND_HEIGHT = 26;
const SQUARE = 6;
const LANES = 3;
// Cues that are shown at once lie like cards, so that the picture is as high for all windows.
const LANE_SHIFT = 15;
const MARKER_HEIGHT = 10;
// A column is never higher than so many times the limit: all of the time, and in a window.
const HIGHEST = 2;
const WINDOW_HIGHEST = 1.4;

// Findings of one cue, or of the file itself: of more, the rest is counted.
const SHOWN = 30;

const { rules, files } = account;
const severityOf = (rule) => SEVERITIES.indexOf(rules[rule].severity);
// Rules that are not looked at.
const off = new Set();
// The file that is shown, as `choose` reads it.
let file, cues, lanes, firstFinding, worst;
let picked = null;

// The findings of a cue, but for those of rules that are off.
const findingsOf = (at) =>
  file.findings.slice(firstFinding[at], firstFinding[at + 1]).filter(([, rule]) => !off.has(rule));
const foundBy = (at, ids) => findingsOf(at).find(([, rule]) => ids.includes(rules[rule].id));

// As the rules have it: five thousandths are what a rounded time makes.
const isOver = (speed, max) => Boolean(max) && speed > 1000 * max + 5;
const perSecond = (speed) => (speed / 1000).toFixed(1).replace(/\.0$/, "") + "/s";
const fastest = (speeds) => speeds.reduce((most, speed) => Math.max(most, speed ?? 0), 1000);

// The reading speeds of one language as columns from a base line, up (-1) or down (1); what is over
// the limit is apart.
const speedColumns = (scale, side, base, height, way, highest) => {
  const [speeds, max] = [file.speeds[side], file.max_cps[side]];
  if (!speeds.length) return [];
  const { count, each } = columnsOf(scale);
  const columns = new Float64Array(count);
  for (const at of cues.between(scale.from, scale.to)) {
    const speed = speeds[at] ?? 0;
    each(cues, at, (column) => (columns[column] = Math.max(columns[column], speed)));
  }
  const top = max ? 1000 * max * highest : fastest(speeds);
  const y = (speed) => base + way * Math.min(speed / top, 1) * height;
  let [within, over] = ["", ""];
  columns.forEach((speed, column) => {
    const [x, calm] = [column * COLUMN, Math.min(speed, max ? 1000 * max : speed)];
    if (speed) within += `M${x} ${base}V${y(calm)}h${COLUMN}V${base}z`;
    if (isOver(speed, max)) over += `M${x} ${y(calm)}V${y(speed)}h${COLUMN}V${y(calm)}z`;
  });
  const limit = y(1000 * (max ?? 0));
  const line = max ? [
    path("limit", `M0 ${limit}H${scale.width}`),
    label("limit-label", scale.width - 4, limit + (way < 0 ? -3 : 10), `limit ${max}/s`, "end"),
  ] : [];
  return [path("speed", within), path("speed over", over), line];
};

const speedLabels = (scale, at, base) => {
  const left = Math.max(scale.x(cues.starts[at]), 0);
  const right = Math.min(scale.x(cues.ends[at]), scale.width);
  if (right - left < 34) return [];
  return file.speeds.flatMap((speeds, side) => {
    if (!speeds[at]) return [];
    const classes = isOver(speeds[at], file.max_cps[side]) ? "speed-label over" : "speed-label";
    const y = base + (side ? 11 : -4);
    return [label(classes, (left + right) / 2, y, perSecond(speeds[at]), "middle")];
  });
};

const secondHeight = () => (file.speeds[1].length ? SECOND_HEIGHT : 0);

const overview = (scale) => {
  const base = SPEED_HEIGHT + 4;
  const y = base + secondHeight() + 4;
  const found = file.findings.filter(([, rule]) => !off.has(rule));
  const places = found.map(([cue, rule]) => [severityOf(rule), cues.starts[cue]]);
  const drawn = [
    speedColumns(scale, 0, base, SPEED_HEIGHT, -1, HIGHEST),
    speedColumns(scale, 1, base, SECOND_HEIGHT, 1, HIGHEST),
    baseLine(scale, base), squares(scale, SEVERITIES, places, y, SQUARE),
  ];
  if (picked !== null) drawn.push(pickedAt(scale.x(cues.starts[picked])));
  return { height: y + SEVERITIES.length * SQUARE + 1, drawn };
};

// What is said of a cue where it is pointed at.
const told = (at) => {
  const speeds = file.speeds.flatMap((speeds) => (speeds[at] ? [perSecond(speeds[at])] : []));
  const found = findingsOf(at).slice(0, SHOWN);
  const messages = found.map(([, rule, message]) => `${rules[rule].severity}: ${message}`);
  return [[cues.name(at), cues.times(at), ...speeds].join(" · "), ...cues.texts[at], ...messages].join("\n");
};

const cueBar = (scale, at) => {
  const severity = CLASSES[worst[at]];
  const sign = (x, y) => use(severity, { class: "mark", x, y: y + 9, width: 9, height: 9 });
  const classes = severity + (at === picked ? " picked" : "");
  const y = MARKER_HEIGHT + lanes[at] * LANE_SHIFT;
  return bar(scale, cues, at, y, classes, worst[at] < CLEAN && sign, told(at));
};

// Above the bars: where a gap is too short or too long, and what is shown with something else.
const markers = (scale, at) => {
  const drawn = [];
  const gap = foundBy(at, ["gap", "chain-gap"]);
  if (gap) {
    const [, rule, message] = gap;
    const middle = scale.x((cues.ends[at] + (cues.starts[at + 1] ?? cues.ends[at])) / 2);
    drawn.push(path("gap " + rules[rule].severity, `M${middle - 4} 1h8l-4 7z`, message));
  }
  const before = at > 0 ? cues.reach[at - 1] : 0;
  if (before > cues.starts[at]) {
    const x = scale.x(cues.starts[at]);
    const width = Math.max(scale.x(Math.min(before, cues.ends[at])) - x, 3);
    const found = foundBy(at, ["overlap"]);
    drawn.push(draw("rect", { class: found ? "overlap error" : "overlap", x, y: 1, width, height: 7 },
      draw("title", found ? found[2] : "two cues at once")));
  }
  return drawn;
};

const detail = (scale) => {
  const places = cues.between(scale.from, scale.to);
  const isMany = places.length > MANY;
  const deepest = isMany ? 0 : lanes.reduce((most, lane) => Math.max(most, lane), 0);
  const base = MARKER_HEIGHT + BAR_HEIGHT + deepest * LANE_SHIFT + WINDOW_SPEED_HEIGHT + 6;
  const bars = isMany
    ? barColumns(scale, cues, places, MARKER_HEIGHT, CLASSES, (at) => worst[at])
    : places.map((at) => [cueBar(scale, at), markers(scale, at)]);
  const labels = isMany ? [] : places.map((at) => speedLabels(scale, at, base));
  const drawn = [
    bars, speedColumns(scale, 0, base, WINDOW_SPEED_HEIGHT, -1, WINDOW_HIGHEST),
    speedColumns(scale, 1, base, SECOND_HEIGHT, 1, WINDOW_HIGHEST), baseLine(scale, base), labels,
  ];
  return { height: base + secondHeight(), drawn };
};
