// A stretch of time, twice: all of it above, a window of it below. What is drawn in either is
// `parts.overview` and `parts.detail`, which are given a scale; here is what moves the window.
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  100, 200, 500, ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 4, 10, 24, 100].map((count) => count * HOUR),
];
const TICK_WIDTH = 72;
const AXIS_HEIGHT = 16;
const SHORTEST_MS = 2 * SECOND;
// The first window has room for the words of most cues: so many pixels for a second.
const READABLE = 50;

const scaleOf = (from, to, width) => ({
  from, to, width,
  x: (ms) => ((ms - from) / (to - from)) * width,
});

const axis = ({ from, to, width, x }, y) => {
  const step = STEPS.find((step) => (step / (to - from)) * width >= TICK_WIDTH) ?? STEPS.at(-1);
  const ticks = [];
  for (let ms = Math.ceil(from / step) * step; ms <= to; ms += step) {
    ticks.push(path("tick", `M${x(ms)} 0V${y + 3}`));
    if (x(ms) > width - 44) continue;
    ticks.push(label("tick-label", x(ms) + 3, y + AXIS_HEIGHT - 4, tick(ms, step, to)));
  }
  return draw("g", { "aria-hidden": "true" }, ticks);
};

const paint = (svg, height, children) => {
  svg.replaceChildren();
  filled(svg, [{ viewBox: `0 0 ${svg.clientWidth} ${height}`, height }, children]);
};

const pictureIn = (parts) => {
  const [host, overview, detail, frame] = ["picture", "overview", "detail", "frame"].map(byId);
  let [whole, from, length] = [0, 0, 0];
  let waits = false;

  const put = (start, long) => {
    length = Math.min(Math.max(long, SHORTEST_MS), whole);
    from = Math.min(Math.max(start, 0), whole - length);
    later();
  };
  const move = (ms) => put(from + ms, length);
  const centre = (ms) => put(ms - length / 2, length);
  const zoom = (by, around = from + length / 2) => {
    const long = Math.min(Math.max(length * by, SHORTEST_MS), whole);
    put(around - ((around - from) / length) * long, long);
  };
  const readable = () => Math.max((SECOND * host.clientWidth) / READABLE, 4 * SHORTEST_MS);

  const redraw = () => {
    waits = false;
    if (!overview.clientWidth) return;
    const all = scaleOf(0, whole, overview.clientWidth);
    const above = parts.overview(all);
    const [x, width] = [all.x(from), Math.max(all.x(length), 3)];
    const window = { x, y: 0.5, width, height: above.height - 1, rx: 2 };
    const isPart = length < whole;
    paint(overview, above.height + AXIS_HEIGHT, [
      axis(all, above.height), above.drawn, isPart ? draw("rect.window", window) : null,
    ]);
    const part = scaleOf(from, from + length, detail.clientWidth);
    const below = parts.detail(part);
    paint(detail, below.height + AXIS_HEIGHT, [axis(part, below.height), below.drawn]);
    overview.setAttribute("aria-label", parts.says);
    const [start, end] = [from, from + length].map((ms) => clock(Math.round(ms)));
    detail.setAttribute("aria-label", `From ${start} to ${end}`);
    document.documentElement.style.setProperty("--picture", host.offsetHeight + "px");
  };
  const later = () => {
    if (!waits) requestAnimationFrame(redraw);
    waits = true;
  };

  // How far along an element something happens, from 0 to 1.
  const along = (svg, event) => (event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth;
  const timeAt = (event) => from + along(detail, event) * length;
  const dragged = (svg, moved, clicked) => {
    let before = null;
    let far = 0;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      svg.setPointerCapture(event.pointerId);
      [before, far] = [event.clientX, 0];
    });
    svg.addEventListener("pointermove", (event) => {
      if (before === null) return;
      const x = event.clientX - before;
      [before, far] = [event.clientX, far + Math.abs(x)];
      moved(event, x / svg.clientWidth);
    });
    svg.addEventListener("pointerup", (event) => {
      if (before !== null && far < 3) clicked(event);
      before = null;
    });
    svg.addEventListener("pointercancel", () => (before = null));
  };
  const toTime = (event) => centre(along(overview, event) * whole);
  dragged(overview, toTime, toTime);
  dragged(detail, (_, share) => move(-share * length), (event) =>
    parts.click(timeAt(event), event.clientY - detail.getBoundingClientRect().top));
  // A wheel scrolls the page, unless it is turned sideways or with a key.
  detail.addEventListener("wheel", (event) => {
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!isSideways && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (isSideways) move((event.deltaX / detail.clientWidth) * length);
    else zoom(Math.exp(event.deltaY / 200), timeAt(event));
  }, { passive: false });
  const keys = {
    ArrowLeft: () => move(-length / 4), ArrowRight: () => move(length / 4),
    Home: () => centre(0), End: () => centre(whole),
    "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
  };
  frame.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  const button = (does, sign, onclick) =>
    make("button", { type: "button", "aria-label": does, title: does, onclick }, sign);
  byId("buttons").append(
    button("Previous row of the list", "‹ previous", () => parts.step(-1)),
    button("Next row of the list", "next ›", () => parts.step(1)),
    button("Zoom out", "−", () => zoom(2)), button("Zoom in", "+", () => zoom(0.5)),
    button("Show all of it", "all", () => put(0, whole)));
  new ResizeObserver(later).observe(host);

  return {
    redraw: later,
    // Begins with another stretch.
    begin: (ms, around) => {
      whole = Math.max(ms, SHORTEST_MS);
      put(around - readable() / 2, readable());
    },
    // Moves the window so that a cue is in it, and not at its edge.
    seek: (start, end) => {
      if (length > 4 * readable()) put(start, readable());
      const room = length / 8;
      if (start < from + room || end > from + length - room) centre((start + end) / 2);
      later();
    },
  };
};
