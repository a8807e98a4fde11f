"use strict";
// Draws the charts of this file: in the reader's colours, at the reader's size, and on paper.
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const finger = matchMedia("(pointer: coarse)"), still = matchMedia("(prefers-reduced-motion: reduce)");
  // colour in the figures → its name here, or the colour on paper and on dark ground
  const inks = JSON.parse(document.getElementById("inks").textContent);
  const charts = [...document.querySelectorAll("figure.chart")], near = new Set();
  const PAPER_WIDTH = 656;  // px; A4 less the margins of @page
  const NARROW = 520;  // px; below this a figure may ask for another height
  let printing = false, width = root.clientWidth;

  function colour(name) {
    const onDark = dark.matches && !printing;
    if (Array.isArray(name)) return name[Number(onDark)];
    return getComputedStyle(root).getPropertyValue(`--${onDark ? "dark" : "light"}-${name}`).trim();
  }

  function read(box) {
    const swap = Object.fromEntries(Object.entries(inks).map(([ink, name]) => [ink, colour(name)]));
    const text = box.querySelector(":scope > script").textContent;
    return JSON.parse(text.replace(/#[0-9A-F]{6}\b/g, (found) => swap[found] ?? found));
  }

  function dressed(box, across) {
    const figure = read(box), {layout} = figure;
    layout.font = {...layout.font, family: getComputedStyle(document.body).fontFamily};
    layout.paper_bgcolor = colour("paper");  // a saved picture must stand on any ground
    layout.width = across;
    layout.height ??= 420;
    if (finger.matches) layout.dragmode = false;  // a finger on a chart scrolls the page
    if (still.matches) delete layout.transition;
    if (across < NARROW) {
      layout.height = layout.meta?.narrow_height ?? layout.height;
      for (const note of layout.annotations ?? []) note.font = {...note.font, size: Math.min(note.font?.size ?? 14, 11)};
    }
    return figure;
  }

  function draw(box) {
    const plot = box.querySelector(".plot"), live = plot.querySelector(".live");
    // larger letters, by choice of the reader or on a wall: the whole chart grows with them
    const scale = printing ? 1 : parseFloat(getComputedStyle(root).fontSize) / 16;
    const across = Math.floor((printing ? PAPER_WIDTH : plot.clientWidth) / scale);
    if (!across) return;
    const {data, layout} = dressed(box, across);
    live.style.transform = scale === 1 ? "" : `scale(${scale})`;
    live.style.width = `${across}px`;
    plot.style.height = `${layout.height * scale}px`;
    window.Plotly.react(live, data, layout, {
      displayModeBar: "hover", displaylogo: false, scrollZoom: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
      toImageButtonOptions: {format: "png", scale: 2, filename: box.dataset.name},
    }).then(() => { box.dataset.drawn = colour("ink"); }, (error) => failed(box, error));
  }

  function failed(box, error) {  // the words and the table below say the same
    console.error(error);
    box.querySelector(".live").textContent = box.querySelector(".plot").getAttribute("aria-label");
  }

  function tryDraw(box) {
    try { draw(box); } catch (error) { failed(box, error); }
  }

  const watch = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      near.add(target);
      tryDraw(target);
    }
  }, {rootMargin: "600px 0px"});
  for (const box of charts) watch.observe(box);

  const again = () => near.forEach(tryDraw);
  dark.addEventListener("change", again);
  let soon;
  addEventListener("resize", () => {
    if (printing || root.clientWidth === width) return;  // a phone hides its address bar: nothing changed
    clearTimeout(soon);
    soon = setTimeout(() => { width = root.clientWidth; again(); }, 120);
  });

  const folded = () => document.querySelectorAll("details.words:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => {
    printing = true;
    opened = [...folded()];
    for (const fold of opened) fold.open = true;  // nobody can unfold paper
    charts.forEach(tryDraw);
  });
  addEventListener("afterprint", () => {
    printing = false;
    for (const fold of opened) fold.open = false;
    charts.forEach((box) => near.add(box));
    again();
  });
})();
