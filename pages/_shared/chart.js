// One chart: Plotly.react on a kept node, in the theme's colours. Loaded once per page view.
const SCALE = {displayModeBar: "hover", displaylogo: false, responsive: true, scrollZoom: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  toImageButtonOptions: {format: "svg", scale: 2}};

function loadPlotly(script) {
  window.plotlyReady ??= {};  // one promise for each script: most charts need the small one only
  window.plotlyReady[script] ??= new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = new URL(script, document.baseURI).href;
    tag.onload = () => resolve(window.Plotly);
    tag.onerror = () => { window.plotlyReady[script] = undefined; reject(new Error("The chart library did not load.")); };
    document.head.append(tag);
  });
  return window.plotlyReady[script];
}

function inTheme(figure, inks, words, element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const theme = {ink: colour("--st-text-color"), paper: colour("--st-background-color"), accent: colour("--st-primary-color")};
  theme.quiet = `color-mix(in srgb, ${theme.ink} 68%, ${theme.paper})`;
  theme.faint = `color-mix(in srgb, ${theme.ink} 16%, ${theme.paper})`;
  const probe = document.createElement("i");
  element.append(probe);
  for (const name of Object.keys(inks)) {
    probe.style.color = theme[name];
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);  // a canvas turns every colour notation into plain RGB, which Plotly reads
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    figure = figure.replaceAll(inks[name], `rgb(${r},${g},${b})`);
  }
  probe.style.color = theme.paper;
  const dark = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 384;
  if (dark) for (const [onPaper, onDark] of words) figure = figure.replaceAll(onPaper, onDark);
  probe.remove();
  return JSON.parse(figure);
}

// On a slide everything that is measured in pixels grows with the slide: words, marks, lines, and how far they stand apart.
const SMALLEST = 18;  // px; what the last row of a room can read
const MEASURES = new Set(["xshift", "yshift", "standoff", "startstandoff", "thickness", "arrowwidth", "borderpad", "pad"]);
function enlarge(node, by, parent = "") {
  for (const [key, value] of Object.entries(node)) {
    const text = /font$/i.test(parent);
    const measured = MEASURES.has(key) || (key === "size" && (text || /marker|pattern/.test(parent)))
      || (key === "width" && /^(line|error_[xy])$/.test(parent)) || (parent === "margin" && /^[lrtb]$/.test(key))
      || (/^a[xy]$/.test(key) && (node[`${key}ref`] ?? "pixel") === "pixel");
    if (measured && Number.isFinite(value)) node[key] = text ? Math.max(SMALLEST, value * by) : value * by;
    else if (measured && Array.isArray(value)) node[key] = value.map((each) => each * by);
    else if (value && typeof value === "object" && !ArrayBuffer.isView(value)) enlarge(value, by, Array.isArray(node) ? parent : key);
  }
}
function slideScale() { return innerWidth < 640 ? 1 : 1.4 * Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720)); }

function isNarrow(box) { return box.clientWidth < 520; }  // a phone

// The figure as this place shows it: theme, phone or slide. Called again when the window of a slide changes.
function dressed(data, box, onSlide) {
  const figure = inTheme(data.figure, Object.fromEntries(data.inks), data.words, box), {layout} = figure;
  box.querySelector("figcaption").textContent = layout.title?.text ?? "";
  delete layout.title;  // shown above as text, which wraps on a phone; the chart needs less room on top
  layout.margin = {...layout.margin, t: Math.max(8, (layout.margin?.t ?? 48) - 40)};
  layout.font = {...layout.font, family: getComputedStyle(box.querySelector("figcaption")).fontFamily};
  if (data.pickable) layout.dragmode = false;
  if (onSlide) {  // fills what the sentence leaves
    delete layout.height;
    layout.autosize = true;
    enlarge(figure, slideScale());
  } else if (layout.meta?.stretch && !isNarrow(box)) {  // a tall window shows a taller picture
    layout.height = Math.max(layout.height, Math.min(1.4 * layout.height, 0.46 * innerHeight));
  } else if (isNarrow(box)) {  // the figure may ask for another height, and its words shrink to fit
    layout.height = layout.meta?.narrow_height ?? layout.height;
    for (const note of layout.annotations ?? []) note.font = {...note.font, size: Math.min(note.font?.size ?? 14, 12)};
  }
  return figure;
}

// On a phone: words that would be cut off at the picture's edge move in. Arrows stay where they point.
function keepInside(Plotly, box, plot, layout) {
  if (!isNarrow(box) || !layout.annotations) return null;
  const frame = plot.getBoundingClientRect();
  const notes = layout.annotations.map((note, at) => {
    const words = plot.querySelector(`.annotation[data-index="${at}"] .annotation-text-g`)?.getBoundingClientRect();
    if (!words?.width || note.showarrow !== false) return note;
    const beyond = Math.max(0, words.right - frame.right) || Math.min(0, words.left - frame.left);
    return Math.abs(beyond) > 1 ? {...note, xshift: (note.xshift ?? 0) - beyond} : note;
  });
  if (notes.every((note, at) => note === layout.annotations[at])) return null;
  layout.annotations = notes;
  return Plotly.relayout(plot, {annotations: notes});
}

// Bytes in three parts, each JSON text: about the picture, its figure, its film.
function unpacked(bytes) {
  const [about, figure, film] = new TextDecoder().decode(bytes).split("\0");
  return {...JSON.parse(about), figure, film};
}

export default function ({data: bytes, parentElement, setTriggerValue}) {
  const data = unpacked(bytes);
  const box = parentElement.querySelector(".chart"), plot = box.querySelector(".plot");
  const onSlide = !!box.closest(".st-key-stage"), film = data.film ? JSON.parse(data.film) : undefined;
  let figure = dressed(data, box, onSlide);
  box.pickable = data.pickable;
  box.tell = (place) => setTriggerValue("picked", place);
  box.classList.toggle("pickable", data.pickable);
  plot.style.minHeight = onSlide ? "0" : `${figure.layout.height ?? 420}px`;
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", data.summary);
  box.draw = () => loadPlotly(data.script).then((Plotly) => {
    if (!plot.isConnected) return null;
    box.plotly = Plotly;
    return Plotly.react(plot, traces(figure, film, box.frame), figure.layout, SCALE).then(() => keepInside(Plotly, box, plot, figure.layout)).then(() => {
      if (!box.touch) { box.touch = true; letPick(box, plot); }
      letDrag(box, plot, figure);
      answered(box);
      plot.dataset.drawn = String(Number(plot.dataset.drawn ?? 0) + 1);
    });
  }).catch((error) => { plot.textContent = `${error.message} ${data.summary}`; });
  setUpFilm(box, film, () => box.draw());
  if (onSlide && !box.seen) {  // all of them, the shown one first: the next slide must be there when it is called
    box.seen = true;
    if (getComputedStyle(box).visibility === "visible") box.draw();
    else (window.requestIdleCallback ?? setTimeout)(box.draw);
  } else if (box.seen) box.draw();
  else if (!box.watch) {  // a chart far down the page is drawn when the reader comes near it
    plot.dataset.waiting = "true";
    box.watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      box.seen = true;
      delete plot.dataset.waiting;  // from here on the chart is being drawn: who waits for the page waits for it
      box.watch.disconnect();
      box.draw();
    }, {root: box.closest('[data-testid="stMain"]'), rootMargin: "500px 0px"});
    box.watch.observe(box);
  }
  if (onSlide) {
    box.resized ??= new ResizeObserver(() => box.redress?.());
    box.redress = () => {
      clearTimeout(box.soon);
      box.soon = setTimeout(() => { if (box.seen) { figure = dressed(data, box, onSlide); box.draw(); } }, 80);
    };
    box.resized.observe(plot);
  }
  return () => { clearTimeout(box.timer); box.watch?.disconnect(); box.resized?.disconnect(); box.plotly?.purge(plot); };
}
