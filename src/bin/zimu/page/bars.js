// Cues along time, as bars, and what was found in them, as squares: one by one where there is room,
// else in columns of a few pixels.
const COLUMN = 2;
const BAR_HEIGHT = 27;
const LETTER = 13;
// More bars than this are drawn as columns.
const MANY = 500;

const columnsOf = ({ width, x }) => {
  const count = Math.ceil(width / COLUMN);
  const place = (ms) => Math.min(Math.max(Math.floor(x(ms) / COLUMN), 0), count - 1);
  // The columns of a cue, from the first to the last.
  const each = (cues, at, note) => {
    const last = place(cues.ends[at] - 1);
    for (let column = place(cues.starts[at]); column <= last; column += 1) note(column);
  };
  return { count, place, each };
};

// Squares at times, in a row for each of some classes: `found` gives a class's place, and a time.
const squares = (scale, classes, found, y, size) => {
  const { count, place } = columnsOf(scale);
  const columns = classes.map(() => new Set());
  for (const [at, ms] of found) columns[at].add(Math.min(place(ms), count - 2));
  const square = (column, row) => `M${column * COLUMN} ${y + row * size}h3v${size - 1}h-3z`;
  const rowOf = (name, row) => path(name, [...columns[row]].map((column) => square(column, row)).join(""));
  return draw("g.squares", classes.map(rowOf));
};

// The letters of a text that there is room for, a Chinese one as wide as it is high.
const fitting = (text, width) => {
  let [used, end] = [0, 0];
  for (const letter of text) {
    used += letter.codePointAt(0) < 0x1100 ? LETTER * 0.56 : LETTER;
    if (used > width) return text.slice(0, end);
    end += letter.length;
  }
  return text;
};

// One cue. `sign` is what stands before its words.
const bar = (scale, cues, at, y, classes, sign, says) => {
  const [start, end] = [scale.x(cues.starts[at]), scale.x(cues.ends[at])];
  const [left, right] = [Math.max(start, -4), Math.min(end, scale.width + 4)];
  const x = Math.max(start, 0);
  const margin = sign ? 18 : 6;
  const words = fitting(cues.texts[at].join(" "), Math.min(end, scale.width) - x - margin - 4);
  const size = { width: Math.max(right - left, 1.5), height: BAR_HEIGHT, rx: Math.min(3, (end - start) / 4) };
  return draw("g", { class: "cue " + classes }, draw("title", says),
    draw("rect", { x: left, y, ...size }),
    sign && end - start > 13 ? sign(x + 5, y) : null,
    words ? draw("text", { x: x + margin, y: y + 18, lang: cues.language(at, 0) }, words) : null);
};

// Cues as columns: of those that fall into one, that of the first class is seen.
const barColumns = (scale, cues, places, y, classes, classOf) => {
  const { count, each } = columnsOf(scale);
  const columns = new Uint8Array(count).fill(classes.length);
  for (const at of places) {
    const found = classOf(at);
    each(cues, at, (column) => (columns[column] = Math.min(columns[column], found)));
  }
  const one = (column) => `M${column * COLUMN} ${y}h${COLUMN}v${BAR_HEIGHT}h-${COLUMN}z`;
  return classes.map((name, at) => {
    let d = "";
    columns.forEach((found, column) => (d += found === at ? one(column) : ""));
    return draw("g", { class: "cue " + name }, path("", d));
  });
};

const pickedAt = (x) => path("picked-at", `M${x - 4} 0h8l-4 6z`);
const baseLine = (scale, y) => path("base", `M0 ${y}H${scale.width}`);
