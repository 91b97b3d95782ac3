// What every page stands on: the account that it was made with, elements, times and cues. Text gets
// into the document as text alone: nothing here reads markup.
"use strict";

const account = JSON.parse(document.getElementById("account").textContent);
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

// Fills an element. Of what is given, strings and nodes go into it, also those of a list; all else
// are its attributes: those that are false it does not have, those that begin with "on" are
// listeners.
const filled = (element, given) => {
  for (const part of given) {
    if (typeof part === "string" || part instanceof Node) element.append(part);
    else if (Array.isArray(part)) filled(element, part);
    else for (const [name, value] of Object.entries(part ?? {})) attribute(element, name, value);
  }
  return element;
};
const attribute = (element, name, value) => {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value !== undefined) element.setAttribute(name, value);
};
// An element of HTML, and one of SVG. "p.quiet" is one of a class.
const make = (name, ...given) => {
  const [tag, ...classes] = name.split(".");
  return filled(document.createElement(tag), [classed(classes), given]);
};
const draw = (name, ...given) => {
  const [tag, ...classes] = name.split(".");
  return filled(document.createElementNS(SVG, tag), [classed(classes), given]);
};
const classed = (classes) => classes.length > 0 && { class: classes.join(" ") };
const path = (classes, d, says) =>
  draw("path", { class: classes, d }, says ? draw("title", says) : null);
const label = (classes, x, y, words, anchor = "start") =>
  draw("text", { class: classes, x, y, "text-anchor": anchor }, words);
const use = (severity, attributes) => draw("use", { href: "#" + severity, ...attributes });
const named = (severity) =>
  draw("svg.mark." + severity, { role: "img", "aria-label": severity }, use(severity));

// Times, as the command prints them.
const padded = (number, digits = 2) => String(number).padStart(digits, "0");
const clock = (ms) => {
  const minutes = Math.floor(ms / 60000);
  const [hour, minute] = [Math.floor(minutes / 60), padded(minutes % 60)];
  return `${hour}:${minute}:${padded(Math.floor(ms / 1000) % 60)}.${padded(ms % 1000, 3)}`;
};
const seconds = (ms) => (ms / 1000).toFixed(3) + " s";
const signed = (ms) => (ms < 0 ? "−" : "+") + seconds(Math.abs(ms));
// On an axis: no hours where none of it has any, and no more than its steps need.
const tick = (ms, step, end) => {
  const whole = end < 3600000 ? clock(ms).slice(2) : clock(ms);
  if (step >= 1000) return whole.slice(0, -4);
  return whole.slice(0, step >= 100 ? -2 : undefined);
};
const number = (count) => count.toLocaleString("en");
const counted = (count, what) => `${number(count)} ${what}${count === 1 ? "" : "s"}`;

// The first place of a rising list whose value is above another.
const above = (list, value) => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
};

// Cues by the columns that they come in.
const readCues = ({ starts, lengths, texts, languages, tongues, names }) => {
  const ends = starts.map((start, at) => start + lengths[at]);
  const reach = new Float64Array(ends.length);
  const firstLine = new Uint32Array(ends.length);
  let [end, lines] = [0, 0];
  ends.forEach((each, at) => {
    reach[at] = end = Math.max(end, each);
    firstLine[at] = lines;
    lines += texts[at].length;
  });
  const name = (at) => (names.length ? names[at] : String(at + 1));
  const language = (at, line) => languages[tongues[firstLine[at] + line]] ?? "und";
  // Those that are shown between two times are among these.
  const between = (from, to) => {
    const first = above(reach, from);
    return Array.from({ length: above(starts, to) - first }, (_, place) => first + place);
  };
  const times = (at) => `${clock(starts[at])} → ${clock(ends[at])}`;
  // Whether one is called so, or says so.
  const says = (at, words) =>
    name(at).toLowerCase() === words || texts[at].join("\n").toLowerCase().includes(words);
  const count = starts.length;
  return { count, starts, ends, end, texts, reach, name, language, between, times, says };
};

// A text with parts of it marked: each from one byte to another, as the command counts them.
const marked = (text, parts, tag) => {
  if (!parts.length) return [text];
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const piece = (from, to) => decoder.decode(bytes.subarray(from, to));
  const pieces = [];
  let done = 0;
  for (const [from, to] of [...parts].sort((one, other) => one[0] - other[0])) {
    const start = Math.max(from, done);
    if (to <= start || start >= bytes.length) continue;
    pieces.push(piece(done, start), make(tag, piece(start, to)));
    done = to;
  }
  return [...pieces, piece(done)];
};
// The lines of a cue; `parts` gives what is marked of each. A browser takes seconds for a line that
// is much longer than any caption.
const LONGEST = 2000;
const wordsOf = (cues, at, parts, tag) => {
  const line = (text, line) => {
    const left = text.length - LONGEST;
    return make("p", { lang: cues.language(at, line), dir: "auto" },
      marked(text.slice(0, LONGEST), parts(line, text), tag),
      left > 0 ? make("span.quiet", ` … and ${counted(left, "more character")}`) : null);
  };
  return make("div.words", cues.texts[at].map(line));
};

// A box to tick: what is in it, and how many of `most` it stands for.
const box = (words, count, most, checked, change) => {
  const attributes = { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" };
  const share = draw("rect", { width: (100 * count) / most, height: 4 });
  return make("label.box", make("input", { type: "checkbox", checked, onchange: change }),
    make("span", words), make("span.count", number(count)), draw("svg.share", attributes, share));
};
