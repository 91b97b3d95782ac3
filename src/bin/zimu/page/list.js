// Rows in a document that would be slow with all of them: they stand in blocks, and only the blocks
// that are near to be seen have rows in them. `row` makes the element of one.
const BLOCK = 40;
const PRINTED_BLOCKS = 25;

const listIn = (host, row) => {
  let shown = [];
  let height = 96;
  const sizeOf = (block) => Math.min(BLOCK, shown.length - Number(block.dataset.first));
  const fill = (block) => {
    if (block.firstChild) return;
    const first = Number(block.dataset.first);
    const place = (at, place) => filled(row(at), [
      { role: "listitem", "aria-setsize": shown.length, "aria-posinset": first + place + 1 },
    ]);
    block.append(...shown.slice(first, first + BLOCK).map(place));
    block.style.height = "";
  };
  const clear = (block) => {
    if (!block.firstChild || block.contains(document.activeElement)) return;
    block.style.height = block.offsetHeight + "px";
    block.replaceChildren();
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) (isIntersecting ? fill : clear)(target);
  }, { rootMargin: "1200px 0px" });
  const rowAt = (place) => host.children[Math.floor(place / BLOCK)]?.children[place % BLOCK];

  // On paper there is no scrolling: as many as somebody may want to read, and how many are left.
  addEventListener("beforeprint", () => {
    [...host.children].forEach((block, at) => {
      if (at < PRINTED_BLOCKS) fill(block);
      else block.hidden = true;
    });
    const left = shown.length - PRINTED_BLOCKS * BLOCK;
    if (left > 0) host.after(make("p.left-out", `${number(left)} more are not printed.`));
  });
  addEventListener("afterprint", () => {
    for (const block of host.children) block.hidden = false;
    document.querySelectorAll(".left-out").forEach((note) => note.remove());
  });

  return {
    show: (places) => {
      shown = places;
      observer.disconnect();
      const blocks = Array.from({ length: Math.ceil(shown.length / BLOCK) }, (_, at) =>
        make("div", { role: "presentation", "data-first": at * BLOCK }));
      host.replaceChildren(...blocks);
      blocks.slice(0, 1).forEach((block) => {
        fill(block);
        height = block.offsetHeight / sizeOf(block) || height;
      });
      blocks.slice(1).forEach((block) => (block.style.height = sizeOf(block) * height + "px"));
      blocks.forEach((block) => observer.observe(block));
    },
    has: (at) => shown.includes(at),
    // The next one, or the one before.
    beside: (at, way) => way > 0
      ? shown.find((next) => at === null || next > at)
      : shown.findLast((next) => at !== null && next < at),
    // Says which row is the one that is looked at.
    point: (at) => {
      host.querySelector("[aria-current]")?.removeAttribute("aria-current");
      rowAt(shown.indexOf(at))?.setAttribute("aria-current", "true");
    },
    // Puts a row where it is seen, with those beside it there too, so that it stays.
    reveal: (at) => {
      const place = shown.indexOf(at);
      const block = host.children[Math.floor(place / BLOCK)];
      if (!block) return;
      for (const near of [block.previousSibling, block, block.nextSibling]) if (near) fill(near);
      rowAt(place).scrollIntoView({ block: "center" });
    },
  };
};

// Filters are open where there is room beside the list.
if (matchMedia("(max-width: 800px)").matches) byId("filters").open = false;
