// The page of `zimu diff`: the account has the cues of both files and what became of each: which
// belong together, how they differ, how far their starts went. Here is the list, and what is asked
// of it.
const THE_SAME = "the same";
// Runs of cues that are later by the same: how long one is at least, and how many are told.
const SHIFT_CUES = 3;
const SHOWN_SHIFTS = 12;

// Kinds of differences that are not looked at.
const off = new Set([THE_SAME]);

// The cues of a side. `parts` are of all its lines with line ends between, from which byte to which
// they are on this side alone.
const side = (name, cues, places, parts, tag) => {
  const encoder = new TextEncoder();
  let [before, next] = [0, 0];
  const partsOf = (_, text) => {
    const [start, length] = [before, encoder.encode(text).length];
    before += length + 1;
    const found = [];
    for (; next < parts.length && parts[next][0] < before; next += 1) {
      const [from, to] = parts[next];
      found.push([Math.max(from - start, 0), Math.min(to - start, length)]);
      // It goes on in the next line.
      if (to > before) break;
    }
    return found;
  };
  return make(`div.side.${places.length ? name : "none"}`, places.map((at) => [
    make("p.times.quiet", make("span.name", cues.name(at)), cues.times(at)),
    wordsOf(cues, at, partsOf, tag),
  ]));
};

const row = (at) => {
  const [ours, theirs, bits, , , , differences] = pairings[at];
  const group = CLASSES[groups[at]];
  const sign = bits ? GROUPS[groups[at]][1] : "=";
  const time = clock(firstOf(at));
  const does = `At ${time}: show it on the time line`;
  const kinds = bits ? toldKinds(at) : [THE_SAME];
  return make(`div.row.pairing.${group}`, { "aria-current": at === picked && "true" },
    make("div.became",
      make("button", { type: "button", "aria-label": does, onclick: () => pick(at) },
        make(`span.sign.${group}`, { "aria-hidden": "true" }, sign), time),
      make("ul", kinds.map((kind) => make("li", kind)))),
    side("old", old, ours, differences?.[0] ?? [], "del"),
    side("new", now, theirs, differences?.[1] ?? [], "ins"));
};

const list = listIn(byId("list"), row);
const picture = pictureIn({
  overview, detail, says: "How much later each cue starts, and where cues differ otherwise",
  click: (ms, y) => {
    const isOld = y < BAR_HEIGHT + BETWEEN / 2;
    const [cues, pairingOf] = isOld ? [old, pairingOfOld] : [now, pairingOfNew];
    const top = cues.between(ms, ms).findLast((at) => cues.ends[at] > ms);
    if (top !== undefined) find(pairingOf[top]);
  },
  step: (way) => {
    const next = list.beside(picked, way);
    if (next !== undefined) find(next);
  },
});

// Shows cues that belong together in the picture.
const pick = (at) => {
  picked = at;
  list.point(at);
  const [ours, theirs] = pairings[at];
  const cues = [...ours.map((cue) => [old, cue]), ...theirs.map((cue) => [now, cue])];
  const starts = cues.map(([side, cue]) => side.starts[cue]);
  const ends = cues.map(([side, cue]) => side.ends[cue]);
  picture.seek(Math.min(...starts), Math.max(...ends));
  const texts = cues.flatMap(([side, cue]) => side.texts[cue]);
  byId("status").textContent = [...toldKinds(at), ...texts].join("\n");
};

// Shows them in the list too, whatever is filtered.
const find = (at) => {
  if (!list.has(at)) {
    document.querySelectorAll("#kinds input").forEach((input) => (input.checked = true));
    off.clear();
    byId("search").value = "";
    filter();
  }
  list.reveal(at);
  pick(at);
};

const filter = () => {
  const words = byId("search").value.trim().toLowerCase();
  const asked = kinds.reduce((bits, kind) => (off.has(kind) ? bits : bits | bit(kind)), 0);
  const says = ([ours, theirs]) =>
    ours.some((cue) => old.says(cue, words)) || theirs.some((cue) => now.says(cue, words));
  const places = [];
  pairings.forEach((pairing, at) => {
    const isAsked = pairing[2] ? pairing[2] & asked : !off.has(THE_SAME);
    if (isAsked && (!words || says(pairing))) places.push(at);
  });
  list.show(places);
  byId("list-heading").textContent = counted(places.length, "row");
  picture.redraw();
};

const kindBoxes = () => {
  const counts = new Map([[THE_SAME, 0], ...kinds.map((kind) => [kind, 0])]);
  const add = (kind) => counts.set(kind, counts.get(kind) + 1);
  for (const [, , bits] of pairings) {
    if (!bits) add(THE_SAME);
    for (const kind of kinds) if (bits & bit(kind)) add(kind);
  }
  const most = Math.max(...counts.values());
  if (counts.get(THE_SAME) === pairings.length) off.clear();
  byId("kinds").append(...[...counts].map(([kind, count]) => {
    const change = ({ target }) => {
      if (target.checked) off.delete(kind);
      else off.add(kind);
      filter();
    };
    return count ? box([kind], count, most, !off.has(kind), change) : "";
  }));
};

const tellShifts = () => {
  const runs = shifts.filter(([, , count]) => count >= SHIFT_CUES);
  const nameOf = (at) => old.name(pairings[at][0][0]);
  const run = ([first, end, count, ms]) => make("li",
    make("button", { type: "button", onclick: () => find(first) }, `${nameOf(first)} to ${nameOf(end - 1)}`),
    `: ${counted(count, "cue")} ${ms < 0 ? "earlier" : "later"} by ${seconds(Math.abs(ms))}`);
  const left = runs.length - SHOWN_SHIFTS;
  byId("shifts").querySelector("ul").append(...runs.slice(0, SHOWN_SHIFTS).map(run),
    left > 0 ? make("li", `and ${number(left)} more`) : "");
  byId("shifts").hidden = !runs.length;
};

byId("legend").append("Drift: how much later each cue starts · ", ...GROUPS.map(([name, sign]) =>
  make("span", make(`span.sign.${name}`, { "aria-hidden": "true" }, sign), name + " ")));
byId("search").addEventListener("input", filter);
if (pairings.length) {
  [old, now] = [readCues(account.old), readCues(account.new)];
  [pairingOfOld, pairingOfNew] = [new Uint32Array(old.count), new Uint32Array(now.count)];
  pairings.forEach(([ours, theirs], at) => {
    for (const cue of ours) pairingOfOld[cue] = at;
    for (const cue of theirs) pairingOfNew[cue] = at;
  });
  drift = readDrift();
  byId("picture").hidden = byId("body").hidden = false;
  kindBoxes();
  tellShifts();
  const first = groups.findIndex((group) => group < SAME);
  picture.begin(Math.max(old.end, now.end), firstOf(Math.max(first, 0)));
  filter();
}
