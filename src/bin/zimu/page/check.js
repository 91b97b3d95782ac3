// The page of `zimu check`: the account has the rules that found something and, of each file, its
// cues, how fast they are to be read, and what was found. Here is the list, and what is asked of it.

const speedsOf = (at) => file.speeds.flatMap((speeds, side) => {
  if (!speeds[at]) return [];
  const isFast = isOver(speeds[at], file.max_cps[side]);
  return [" · ", make(isFast ? "span.over" : "span", perSecond(speeds[at]))];
});

const finding = ([, rule, message, place]) => {
  const { id, severity, mend } = rules[rule];
  return make("li." + severity, named(severity), make("span", make("bdi.message", message),
    make("span.mend", make("a.rule", { href: "#rule-" + id }, id),
      place ? ` at ${place.join(":")}: ` : ": ", mend)));
};

const more = (count, what) => (count > 0 ? make("li", `and ${counted(count, what)}`) : null);

const row = (at) => {
  const all = findingsOf(at);
  const found = all.slice(0, SHOWN);
  const parts = (line) => found.flatMap(([, , , , part]) =>
    part && part[0] === line && part[2] > part[1] ? [part.slice(1)] : []);
  const name = cues.name(at);
  const does = `Cue ${name}: show it on the time line`;
  return make("div.row", { "aria-current": at === picked && "true" },
    make("div.when",
      make("button", { type: "button", "aria-label": does, onclick: () => pick(at) },
        make("span.name", name), clock(cues.starts[at])),
      make("span.quiet", `→ ${clock(cues.ends[at])}`),
      make("span.quiet", seconds(cues.ends[at] - cues.starts[at]), speedsOf(at))),
    wordsOf(cues, at, parts, "mark"),
    make("ul.found", found.map(finding), more(all.length - SHOWN, "more finding")));
};

const list = listIn(byId("list"), row);
const picture = pictureIn({
  overview, detail, says: "Reading speed over the whole file, and where something was found",
  // Of cues that lie on each other, the one on top.
  click: (ms, y) => {
    const shown = cues.between(ms, ms).filter((at) => cues.ends[at] > ms);
    const top = shown.findLast((at) => y >= MARKER_HEIGHT + lanes[at] * LANE_SHIFT) ?? shown.at(-1);
    if (top !== undefined) find(top);
  },
  step: (way) => {
    const next = list.beside(picked, way);
    if (next !== undefined) find(next);
  },
});

// Shows a cue in the picture.
const pick = (at) => {
  picked = at;
  list.point(at);
  picture.seek(cues.starts[at], cues.ends[at]);
  byId("status").textContent = told(at);
  history.replaceState(null, "", `#${files.indexOf(file) + 1}.${at + 1}`);
};

// Shows it in the list too, be it among cues in which nothing was found.
const find = (at) => {
  if (!list.has(at)) {
    choice("all").checked = true;
    byId("search").value = "";
    filter();
  }
  list.reveal(at);
  pick(at);
};

const choice = (mode) => document.querySelector(`input[name=mode][value=${mode}]`);

// What the list and the picture show by what is asked for.
const filter = () => {
  worst = new Uint8Array(cues.count).fill(CLEAN);
  for (const [cue, rule] of file.findings) {
    if (!off.has(rule)) worst[cue] = Math.min(worst[cue], severityOf(rule));
  }
  const isAll = choice("all").checked;
  const words = byId("search").value.trim().toLowerCase();
  const places = [];
  for (let at = 0; at < cues.count; at += 1) {
    if ((isAll || worst[at] < CLEAN) && (!words || cues.says(at, words))) places.push(at);
  }
  list.show(places);
  byId("list-heading").textContent = counted(places.length, "cue") + (isAll ? "" : " with findings");
  picture.redraw();
};

const ruleBoxes = () => {
  const counts = rules.map(() => 0);
  for (const [, rule] of file.findings) counts[rule] += 1;
  const most = Math.max(...counts, 0);
  const boxes = rules.map(({ id, severity }, rule) => {
    const change = ({ target }) => {
      if (target.checked) off.delete(rule);
      else off.add(rule);
      filter();
    };
    return counts[rule] ? box([named(severity), id], counts[rule], most, !off.has(rule), change) : "";
  });
  byId("rules").replaceChildren(make("legend", "Rules"), ...boxes);
  byId("rules").hidden = !most;
};

// Which of the lanes each cue has: the first that is free.
const lanesOf = ({ starts, ends }) => {
  const taken = new Array(LANES).fill(0);
  return Uint8Array.from(starts, (start, at) => {
    const lane = Math.max(taken.findIndex((end) => end <= start), 0);
    taken[lane] = Math.max(taken[lane], ends[at]);
    return lane;
  });
};

const reading = () => {
  const messages = file.reading.slice(0, SHOWN).map(({ severity, line, message, help }) =>
    make("li", make("b", severity), line ? ` line ${line}: ` : " ", make("bdi", message),
      make("span.quiet", `: ${help}`)));
  byId("reading").replaceChildren(
    file.error ? make("p.failure", file.error) : "",
    messages.length ? make("h2", "In the file itself") : "",
    make("ul", messages, more(file.reading.length - SHOWN, "more finding")));
  byId("reading").hidden = !file.error && !messages.length;
};

const choose = (chosen) => {
  [file, picked] = [files[chosen], null];
  byId("file-heading").replaceChildren(make("bdi", file.input),
    make("span.quiet", file.profile ? ` by ${file.profile}` : ""));
  byId("file-heading").hidden = files.length < 2;
  for (const line of byId("files-rows").children) {
    line.setAttribute("aria-current", String(Number(line.dataset.file) === chosen));
  }
  reading();
  const hasCues = Boolean(file.cues?.starts.length);
  byId("picture").hidden = byId("body").hidden = !hasCues;
  if (!hasCues) return;
  cues = readCues(file.cues);
  lanes = lanesOf(cues);
  firstFinding = new Uint32Array(cues.count + 1);
  for (const [cue] of file.findings) firstFinding[cue + 1] += 1;
  for (let at = 0; at < cues.count; at += 1) firstFinding[at + 1] += firstFinding[at];
  ruleBoxes();
  choice(file.findings.length ? "found" : "all").checked = true;
  // Rules are in the order of how bad they are.
  const worstRule = file.findings.reduce((worst, [, rule]) => Math.min(worst, rule), rules.length);
  const first = file.findings.find(([, rule]) => rule === worstRule);
  picture.begin(cues.end, cues.starts[first ? first[0] : 0]);
  filter();
};

const STRIP = { viewBox: "0 0 200 12", "aria-hidden": "true" };
const fileRow = ([each, at, counts]) => {
  const { starts, lengths } = each.cues ?? { starts: [], lengths: [] };
  const end = starts.reduce((end, start, cue) => Math.max(end, start + lengths[cue]), 1);
  const found = each.findings.map(([cue, rule]) => [severityOf(rule), starts[cue]]);
  const count = (count, severity) => make(`td.number.${count ? SEVERITIES[severity] : "quiet"}`, number(count));
  return make("tr", { "data-file": at, "aria-current": each === file && "true" },
    make("th", { scope: "row" },
      make("button", { type: "button", onclick: () => choose(at) }, make("bdi", each.input)),
      each.error ? make("span.failure", " " + each.error) : null),
    make("td.number", number(starts.length)), counts.map(count),
    make("td.strip", draw("svg.strip", STRIP, squares(scaleOf(0, end, 200), SEVERITIES, found, 0, 4))));
};

const fileRows = () => {
  const all = files.map((each, at) => {
    const counts = [0, 0, 0];
    for (const [, rule] of each.findings) counts[severityOf(rule)] += 1;
    return [each, at, counts];
  });
  const isBefore = ([, , one], [, , other]) =>
    other[0] - one[0] || other[1] - one[1] || other[2] - one[2];
  if (byId("files-order").value === "worst") all.sort(isBefore);
  byId("files-rows").replaceChildren(...all.map(fileRow));
};

byId("legend").append("Reading speed, ", make("span.key-over", "over the limit"), " · findings: ",
  ...SEVERITIES.map((severity) => make("span", named(severity), severity + " ")));
for (const mode of ["found", "all"]) choice(mode).addEventListener("change", filter);
byId("search").addEventListener("input", filter);
byId("files-order").addEventListener("change", fileRows);
if (files.length) {
  const [, askedFile, askedCue] = location.hash.match(/^#(\d+)\.(\d+)$/) ?? [];
  byId("files").hidden = files.length < 2;
  if (files.length > 1) fileRows();
  const firstFound = files.findIndex(({ findings }) => findings.length);
  choose(files[askedFile - 1] ? askedFile - 1 : Math.max(firstFound, 0));
  if (askedCue - 1 < cues?.count) find(askedCue - 1);
}
