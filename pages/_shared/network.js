// A trained network on a kept node: computed, drawn and scrubbed through here. The server hears nothing of it.
const NARROW = 540, SMALLEST_ON_SLIDE = 18;  // px; below it one thing stands under the other; the last row of a room

// A canvas of this size in the page's pixels, as fine as the screen; its pen, with an empty page.
function fitted(canvas, width, height) {
  const fine = devicePixelRatio || 1, pen = canvas.getContext("2d");
  const [w, h] = [Math.round(width * fine), Math.round(height * fine)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  pen.setTransform(fine, 0, 0, fine, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

// How large everything is that is measured in pixels: on a slide as large as the room needs it.
function scaleOf(box) {
  const onSlide = !!box.closest(".st-key-stage"), narrow = box.clientWidth < NARROW;
  const scale = onSlide && innerWidth >= 640 ? 1.4 * Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720)) : 1;
  return {onSlide, narrow, scale, font: onSlide ? Math.max(SMALLEST_ON_SLIDE, 13 * scale) : narrow ? 12.5 : 13};
}

// How much room each part gets, in three arrangements: a column (phone), a net beside a column, a slide or a wide page.
function sizesOf(box, view, theme, measure) {
  const plot = box.querySelector(".plot"), {onSlide, narrow, scale, font} = scaleOf(box), width = plot.clientWidth;
  const height = onSlide ? plot.clientHeight : Math.max(330, Math.min(620, 0.46 * innerHeight));
  const wide = !narrow && (onSlide || width >= 900 || height < 400);  // a low window: the losses go under the net
  measure.font = `${font}px ${theme.family}`;
  const bottom = Math.ceil(2.4 * font + 8), most = Math.max(...view.layers);
  const reaches = [view.axes[1]].flatMap((column) => ticks(...view.ranges[column].map((v) => place(view, column, v))));
  const left = Math.ceil(1.35 * font + 10 + Math.max(...reaches.map((v) => measure.measureText(inFigures(v, 3)).width)));
  const wordy = !narrow && !onSlide && view.columns.some((name) => measure.measureText(name).width > 40);
  const saidHeight = Math.ceil((1.43 + (wordy ? 3 : 2) * 1.28) * font + 5);
  const under = narrow ? 130 : wide ? Math.max(7.2 * font, 0.3 * height) : Math.max(100, 0.23 * height);  // the losses
  let side;
  if (narrow) side = Math.min(width - left - 2, 420);
  else side = Math.floor(Math.min(wide ? height - saidHeight - bottom : height - saidHeight - bottom - under - 8, 0.43 * width - left));
  const answer = {left, top: 1, size: side, full: {width: left + side + 2, height: side + bottom}};
  const netWidth = narrow ? width : width - answer.full.width - Math.round((onSlide ? 3 : 2) * font);
  const netHeight = narrow ? Math.max(170, Math.min(300, 40 + 46 * most)) : wide ? height - under - font : height;
  const lossWidth = narrow ? width : wide ? netWidth : answer.full.width, marks = lossScale(view).marks.map((v) => measure.measureText(inFigures(v)).width);
  const lossLeft = Math.max(wide ? 0 : left, Math.ceil(1.35 * font + 10 + Math.max(...marks)));
  const losses = {left: lossLeft, top: 0.6 * font, width: lossWidth - lossLeft - measure.measureText("training").width - 12,
    height: under - 2.3 * font - 10 - 0.6 * font, full: {width: lossWidth, height: under}};
  const sizes = {scale, font, narrow, wide, height, plane: answer, losses, saidHeight, net: {width: netWidth, height: netHeight}};
  placeNodes(sizes, view, measure);
  return sizes;
}

// Inputs at the left, the answers at the right, neurons in rows between them; many neurons stand in zigzag, to be larger.
function placeNodes(sizes, view, measure) {
  const {font, net} = sizes, last = view.layers.length - 1, top = 1.5 * font;
  const longest = Math.max(...view.columns.map((name) => measure.measureText(name).width));
  const names = sizes.names = Math.ceil(Math.min(longest, net.width * (view.layers.length > 5 ? 0.16 : 0.22)) + 1);
  sizes.symbols = view.task === "classes" ? 0.95 * font : 0;
  const from = names + 8, to = net.width - (sizes.symbols ? 1.6 * font : 2), span = to - from;
  const most = sizes.narrow ? 38 : 46 * sizes.scale, widest = Math.min(most, span / (view.layers.length * 1.75 - 0.75));
  const apart = (span - widest) / Math.max(last, 1);
  sizes.nodes = view.layers.map((n, layer) => {
    let pitch = (net.height - top) / n, size = Math.min(widest, pitch - Math.min(12, 0.3 * pitch)), shift = 0;
    const double = Math.min(2 * pitch - 4, 0.3 * apart, most);
    if (n > 4 && layer > 0 && layer < last && double > 1.25 * size) {
      [size, shift] = [double, double / 2 + 2];
      pitch = (net.height - top - size) / (n - 1);
    }
    const first = shift ? top + size / 2 : top + pitch / 2, x = from + widest / 2 + (last ? apart * layer : span / 2);
    return Array.from({length: n}, (_, k) => ({layer, k, size, x: x + (k % 2 ? shift : -shift), y: first + k * pitch}));
  });
  const room = span / Math.max(last, 1) - 6;
  const short = measure.measureText("Layer 1").width > room;
  sizes.heads = sizes.nodes.map((nodes, layer) => [(nodes[0].x + (nodes[1] ?? nodes[0]).x) / 2,
    layer === 0 ? "inputs" : layer === last ? "answer" : short ? String(layer) : layer === 1 || room > measure.measureText("layer 1").width ? `layer ${layer}` : String(layer)]);
}

// What is said over the picture: its name, and how it comes about.
function wordsOn(view, frame, hot, moment, onSlide) {
  const [across, up] = view.axes.map((column) => view.columns[column]), others = view.columns.length - 2, last = view.layers.length - 1;
  const rest = others > 0 ? ` The other ${others === 1 ? "input stays at its" : `${others} inputs stay at their`} average${onSlide ? "" : "; each row is judged by all its own"}.` : "";
  const classes = view.task === "classes";
  if (!hot) {
    const how = classes ? "Stronger colour: surer." : "Lines: equal values.";
    return {name: classes ? "What the network answers" : "The answer", about: rest || onSlide ? how + rest : `${how} ${matchMedia("(hover: none)").matches ? "Tap a neuron to see it." : "Point at a neuron to see it, press to keep it."}`, key: classes ? null : keyOf(view, moment, last, 0)};
  }
  const {layer, k} = hot;
  if (layer === 0) {
    const drawn = view.axes.includes(k);
    return {name: view.columns[k], about: drawn ? "An input: it grows in one direction." : `An input that this picture holds at its average. It shows ${across} and ${up}.`, key: null};
  }
  const {into, bias} = weightsInto(view, frame, layer, k), most = layer === 1 ? 2 : 3, said = into.slice(0, most).map(([i, w]) => `${inFigures(w)}\u00a0× ${layer === 1 ? view.columns[i] : `neuron\u00a0${i + 1}`}`);
  const sum = said.map((part, i) => (i === 0 ? part : part.startsWith("−") ? `− ${part.slice(1)}` : `+ ${part}`)).join(" ");
  const more = into.length > most ? ` + ${into.length - most} smaller` : "", tail = `${bias < 0 ? "−" : "+"} ${inFigures(Math.abs(bias))}`;
  const then = layer === last ? (classes ? ", turned into a share" : "") : view.activation === "linear" ? "" : `, then ${view.activation === "relu" ? "ReLU" : view.activation === "leaky relu" ? "leaky ReLU" : view.activation}`;
  const name = layer < last ? `Layer ${layer}, neuron ${k + 1}` : classes ? `Share of “${view.classes[k]}”` : "The answer";
  return {name, about: `${sum}${more} ${tail}${then}.${layer === 1 ? " Inputs on one scale." : ""}`, key: keyOf(view, moment, layer, k)};
}

// The colours of a picture, with the numbers at both ends.
function keyOf(view, moment, layer, k) {
  const last = view.layers.length - 1, reach = reachOf(view, moment, layer);
  if (layer === last && view.task === "classes") return {low: null, high: k, text: ["0 %", "100 %"]};
  const real = (v) => inFigures(layer === last ? inUnit(view, v) : v), unit = layer === last && view.unit ? ` ${view.unit}` : "";
  const neverBelow = layer > 0 && layer < last && (view.activation === "sigmoid" || view.activation === "relu");
  return {low: neverBelow ? null : 0, high: 1, text: [neverBelow ? "0" : real(-reach), real(reach) + unit]};
}

const label = (view, frame, {layer, k}) => {
  if (layer === 0) return `Input: ${view.columns[k]}`;
  const [[i, w]] = weightsInto(view, frame, layer, k).into, last = view.layers.length - 1;
  const from = layer === 1 ? view.columns[i] : `neuron ${i + 1} of layer ${layer - 1}`;
  const own = layer < last ? `Layer ${layer}, neuron ${k + 1} of ${view.layers[layer]}` : view.task === "classes" ? `Answer: share of ${view.classes[k]}` : "Answer";
  return `${own}. Largest weight: ${inFigures(w)} from ${from}`;
};

// One button over each neuron. One of them is in the order of the Tab key; arrows move on from there.
function placeButtons(box, view, sizes, choose, hold) {
  const group = box.querySelector(".neurons"), all = sizes.nodes.flat();
  while (group.children.length > all.length) group.lastChild.remove();
  while (group.children.length < all.length) group.append(Object.assign(document.createElement("button"), {type: "button"}));
  const known = [...group.children].findIndex((button) => button.dataset.layer && button.tabIndex === 0), at = known < 0 ? view.layers[0] : known;
  all.forEach(({x, y, size, layer, k}, i) => {
    const button = group.children[i], reach = Math.max(size, 24);
    button.style.cssText = `left:${x - reach / 2}px;top:${y - size / 2 - (layer && size < 24 ? 0 : (reach - size) / 2)}px;width:${reach}px;height:${layer && size < 24 ? size : reach}px`;
    button.tabIndex = i === at ? 0 : -1;
    button.dataset.layer = layer;
    button.dataset.neuron = k;
    button.onpointerenter = (event) => { if (event.pointerType === "mouse") choose({layer, k}); };
    button.onpointerleave = (event) => { if (event.pointerType === "mouse") choose(); };
    button.onfocus = () => {
      for (const each of group.children) each.tabIndex = each === button ? 0 : -1;
      if (button.matches(":focus-visible")) choose({layer, k});
    };
    button.onblur = () => choose();
    button.onclick = () => hold({layer, k});
    button.onkeydown = (event) => {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (event.key === "Escape") hold();
      if (!step) return;
      event.preventDefault();  // the page does not scroll, and a slide does not change
      const to = Math.max(0, Math.min(layer + step[0], view.layers.length - 1)), n = view.layers[to];
      const row = step[0] ? Math.round((k + 0.5) * n / view.layers[layer] - 0.5) : Math.max(0, Math.min(k + step[1], n - 1));
      group.children[all.findIndex((node) => node.layer === to && node.k === row)].focus();
    };
  });
}

// The words under the pictures: what a line, a shape and a filling mean.
function writeLegend(box, view, theme) {
  const hex = (rgb) => `rgb(${rgb.join(",")})`, one = (svg, text, wide = 14) => `<span><svg viewBox="0 0 ${wide} 14" style="width:${wide / 13}em" aria-hidden="true">${svg}</svg>${text}</span>`;
  const figure = (k, fill, line) => ({0: `<circle cx="7" cy="7" r="4.6" `, 1: `<rect x="2.6" y="2.6" width="8.8" height="8.8" `, 2: `<path d="M7 1.6 12.4 11.8H1.6z" `, 3: `<path d="M7 .9 13.1 7 7 13.1.9 7z" `, 4: `<path d="M7 12.4 1.6 2.2h10.8z" `})[k] + `fill="${fill}" stroke="${line}" stroke-width="1.6"/>`;
  const line = (colour, dash) => `<path d="M1 7h24" stroke="${colour}" stroke-width="3.4" ${dash ? 'stroke-dasharray="5 3"' : ""}/>`;
  const escaped = (text) => Object.assign(document.createElement("i"), {textContent: text}).innerHTML;
  const parts = [one(line(hex(theme.high)), "weight above 0", 26), one(line(hex(theme.low), true), "below 0; thicker: larger", 26)];
  view.classes.forEach((name, k) => parts.push(one(figure(k, hex(theme.series[k]), hex(theme.series[k])), escaped(name))));
  const ink = hex(theme.ink), paper = hex(theme.paper);
  if (view.task !== "classes") parts.push(one(figure(0, hex(theme.low), ink), "low"), one(figure(0, hex(theme.high), ink), "high"));
  parts.push(one(figure(0, paper, ink), "training"), one(figure(0, ink, ink), "test"));
  parts.push(one(`<path d="M2.5 2.5 11.5 11.5M11.5 2.5 2.5 11.5" stroke="${ink}" stroke-width="2"/>`, view.task === "classes" ? "wrong" : "far off"));
  if (view.n_all > view.n_rows) parts.push(`<span>${view.n_rows.toLocaleString("en")} of ${view.n_all.toLocaleString("en")} rows drawn</span>`);
  if (view.gaps.some(({from, to}) => from * to > MANY_LINES)) parts.push("<span>strongest weights only</span>");
  box.querySelector(".legend").innerHTML = parts.join("");
}

// A few words beside the pointer, inside the picture's box.
function tip(box, at, text) {
  const note = box.querySelector(".tip"), plot = box.querySelector(".plot");
  note.hidden = !text;
  if (!text) return;
  note.textContent = text;
  const {left, top, width} = plot.getBoundingClientRect(), x = at.clientX - left, y = at.clientY - top;
  note.style.left = `${Math.max(0, Math.min(x + 14, width - note.offsetWidth))}px`;
  note.style.top = `${y + 18 + note.offsetHeight > plot.clientHeight ? y - 10 - note.offsetHeight : y + 18}px`;
}

// What the network answers at one place, in words; shares(k) is the share of class k.
function answerInWords(view, values) {
  if (view.task !== "classes") return `${inFigures(inUnit(view, values[0]))}${view.unit ? ` ${view.unit}` : ""}`;
  const k = values.indexOf(Math.max(...values));
  return `${view.classes[k]}, ${asPercent(values[k])}`;
}

const where = (view, value) => view.axes.map((column) => `${view.columns[column]} ${inFigures(place(view, column, value(column)), 3)}`).join(", ");

// Pointing at the answer: a row near the pointer, or else what the network would say there.
function letPoint(box, state) {
  const canvas = box.querySelector(".answer canvas");
  const leave = () => { tip(box); if (state.near !== undefined) { state.near = undefined; state.answer(); } };
  canvas.onpointerleave = leave;
  canvas.onpointermove = canvas.onpointerdown = (event) => {
    const {view, sizes} = state, {left, top, size} = sizes.plane, edge = canvas.getBoundingClientRect(), x = event.clientX - edge.left, y = event.clientY - edge.top;
    if (x < left || x > left + size || y < top || y > top + size) return leave();
    let near, least = Math.max(9, 2 * radius(view, sizes)) ** 2;
    for (let row = 0; row < view.n_rows; row++) {
      const [px, py] = spot(view, sizes.plane, row), far = (px - x) ** 2 + (py - y) ** 2;
      if (far < least - (view.isTest[row] ? 0 : 0.5)) { least = far; near = row; }
    }
    const moment = momentOf(view, state.frame());
    if (near !== undefined) {
      const truth = view.task === "classes" ? view.classes[view.targets[near]] : `${inFigures(view.targets[near], 3)}${view.unit ? ` ${view.unit}` : ""}`;
      const verdict = moment.wrong[near] ? (view.task === "classes" ? "Wrong." : "Far off.") : view.task === "classes" ? "Right." : "";
      tip(box, event, `Row ${view.rows[near] + 1} (${view.isTest[near] ? "test" : "training"}): ${where(view, (column) => view.inputs[column][near])}. It is ${truth}. Answer: ${answerInWords(view, moment.rows.map((share) => share[near]))}. ${verdict}`);
    } else {
      const at = {[view.axes[0]]: (x - left) / size, [view.axes[1]]: 1 - (y - top) / size};
      const scaled = (column) => view.ranges[column][0] + at[column] * (view.ranges[column][1] - view.ranges[column][0]);
      const inputs = view.columns.map((_, column) => (column in at ? Float32Array.of(scaled(column)) : null));
      const shares = sharesOf(view, said(view, state.frame(), inputs, 1).at(-1)).map((share) => share[0]);
      tip(box, event, `${where(view, scaled)}. Answer here: ${answerInWords(view, shares)}.`);
    }
    if (state.near !== near) { state.near = near; state.answer(); }
    return undefined;
  };
}

// Pointing at the losses says them; pressing there goes to that moment.
function letLook(box, state) {
  const canvas = box.querySelector(".losses canvas"), slider = box.querySelector(".film input");
  const nearest = (event) => {
    const {view, sizes} = state, {left, width} = sizes.losses, epoch = (event.clientX - canvas.getBoundingClientRect().left - left) / width * view.epochs.at(-1);
    return view.epochs.reduce((found, each, i) => (Math.abs(each - epoch) < Math.abs(view.epochs[found] - epoch) ? i : found), 0);
  };
  const go = (event) => { slider.value = nearest(event); slider.dispatchEvent(new Event("input")); };
  canvas.onpointermove = (event) => {
    const {view} = state, i = state.look = nearest(event);
    tip(box, event, `Epoch ${view.epochs[i].toLocaleString("en")}: training ${inFigures(view.train_loss[i], 3)}, test ${inFigures(view.test_loss[i], 3)}`);
    if (event.buttons) go(event); else state.lossesOnly();
  };
  canvas.onpointerdown = go;
  canvas.onpointerleave = () => { state.look = undefined; tip(box); state.lossesOnly(); };
}

function show(box, state) {
  const {view} = state, frame = state.frame(), began = performance.now();
  const moment = momentOf(view, frame), {theme, sizes, hot, near, look, store} = state;
  const part = {view, moment, theme, sizes, frame, hot, near, look, store};
  paintNet(fitted(box.querySelector(".net canvas"), sizes.net.width, sizes.net.height), part);
  paintAnswer(fitted(box.querySelector(".answer canvas"), sizes.plane.full.width, sizes.plane.full.height), part);
  paintLosses(fitted(box.querySelector(".losses canvas"), sizes.losses.full.width, sizes.losses.full.height), part);
  const {name, about, key} = wordsOn(view, frame, hot, moment, !!box.closest(".st-key-stage")), bar = box.querySelector(".key");
  box.querySelector(".name b").textContent = name;
  box.querySelector(".about").textContent = about;
  bar.hidden = !key;
  if (key) {
    const [low, high] = [key.low === null ? theme.paper : theme.series[key.low], theme.series[key.high]].map((rgb) => css(mixed(theme.paper, rgb, 0.62)));
    bar.children[1].style.background = `linear-gradient(90deg, ${low}, ${key.low === null ? "" : `${css(theme.paper)},`} ${high})`;
    bar.children[0].textContent = key.text[0];
    bar.children[2].textContent = key.text[1];
  }
  clearTimeout(state.soon);
  state.soon = setTimeout(() => {  // while it plays nobody hears a hundred labels
    for (const button of box.querySelectorAll(".neurons button")) button.setAttribute("aria-label", label(view, state.frame(), placeOf(button)));
  }, 60);
  box.spent = performance.now() - began;  // ms, for benchmarks
}

function dress(box, state) {
  const {view} = state, plot = box.querySelector(".plot");
  state.theme = themeOf(box, view);
  const {onSlide, font} = scaleOf(box);
  box.style.setProperty("--font", `${font}px`);
  writeLegend(box, view, state.theme);  // before the sizes: on a slide it takes room from the pictures
  const sizes = state.sizes = sizesOf(box, view, state.theme, document.createElement("canvas").getContext("2d"));
  plot.dataset.shape = sizes.narrow ? "narrow" : sizes.wide ? "wide" : "beside";
  plot.style.setProperty("--side", `${sizes.plane.full.width}px`);
  plot.style.setProperty("--left", `${sizes.plane.left}px`);
  plot.style.setProperty("--said", `${sizes.saidHeight}px`);
  if (!onSlide) plot.style.height = sizes.narrow ? "" : `${sizes.height}px`;
  const point = (over) => {  // at the neuron under the pointer or the keyboard, else at the one that is held
    const hot = over ?? state.held;
    if (is(hot, state.hot)) return;
    state.hot = hot;
    box.draw();
  };
  placeButtons(box, view, sizes, point, (node) => {  // a press holds a neuron while the training is scrubbed through
    state.held = is(node, state.held) ? undefined : node;
    for (const button of box.querySelectorAll(".neurons button")) button.setAttribute("aria-pressed", is(state.held, placeOf(button)));
    point(state.held);
  });
  for (const button of box.querySelectorAll(".neurons button")) button.setAttribute("aria-pressed", is(state.held, placeOf(button)));
}

const placeOf = (button) => ({layer: Number(button.dataset.layer), k: Number(button.dataset.neuron)});
const is = (one, other) => one?.layer === other?.layer && one?.k === other?.k;
const same = (a, b) => a?.length === b.length && a.every((byte, i) => byte === b[i]);

export default function ({data: bytes, parentElement}) {
  const box = parentElement.querySelector(".network"), plot = box.querySelector(".plot"), onSlide = !!box.closest(".st-key-stage");
  const state = box.state ??= {store: {}};
  if (!same(state.bytes, bytes)) {
    state.bytes = bytes.slice();
    const view = state.view = unpackedNetwork(bytes);
    box.frame = state.near = state.look = undefined;  // another training: its end
    if (!(state.held?.k < view.layers[state.held?.layer])) state.held = undefined;
    state.hot = state.held;
    tip(box);
  }
  const {view} = state, last = view.epochs.length - 1;
  box.querySelector("figcaption").textContent = view.title;
  state.frame = () => box.frame ?? last;
  box.querySelector(".answer canvas").setAttribute("aria-label", view.summary);
  box.querySelector(".losses canvas").setAttribute("aria-label", `Loss over ${view.epochs.at(-1)} epochs: training ends at ${inFigures(view.train_loss.at(-1))}, test at ${inFigures(view.test_loss.at(-1))}.`);
  box.outputs = (frame) => { const rows = momentOf(view, frame).rows; return Array.from({length: view.n_rows}, (_, r) => rows.map((share) => share[r])); };
  box.spotOf = (row) => spot(state.view, state.sizes.plane, row);
  // drawn with the screen's next picture, and what is asked for until then is drawn with it
  box.draw = () => state.drawing ??= new Promise((done) => requestAnimationFrame(() => {
    state.drawing = undefined;
    if (plot.isConnected && plot.clientWidth) {
      if (!state.sizes || state.stale) { state.stale = false; dress(box, state); }
      show(box, state);
      plot.dataset.drawn = String(Number(plot.dataset.drawn ?? 0) + 1);
    }
    done();
  }));
  const partly = (paint, part, size) => () => {
    if (!state.sizes) return;
    const {width, height} = size(state.sizes), frame = state.frame();
    paint(fitted(box.querySelector(`${part} canvas`), width, height), {...state, moment: momentOf(state.view, frame), frame});
  };
  state.answer = partly(paintAnswer, ".answer", ({plane}) => plane.full);
  state.lossesOnly = partly(paintLosses, ".losses", ({losses}) => losses.full);
  state.stale = true;
  letPoint(box, state);
  letLook(box, state);
  setUpFilm(box, {captions: view.captions}, () => box.draw());
  if (onSlide) box.seen = true;
  if (box.seen) box.draw();
  else if (!box.watch) {  // far down the page it is drawn when the reader comes near it
    plot.dataset.waiting = "true";
    box.watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      box.seen = true;
      delete plot.dataset.waiting;
      box.watch.disconnect();
      box.draw();
    }, {root: box.closest('[data-testid="stMain"]'), rootMargin: "500px 0px"});
    box.watch.observe(box);
  }
  const again = () => { state.stale = true; if (box.seen) box.draw(); };
  if (!box.resized) {
    let known = "";
    box.resized = new ResizeObserver(() => {
      const now = `${plot.clientWidth} ${onSlide ? plot.clientHeight : innerHeight}`;
      if (now !== known && known) { clearTimeout(box.soon); box.soon = setTimeout(() => box.again(), 60); }
      known = now;
    });
    box.resized.observe(plot);
    document.fonts?.ready.then(() => box.again());
  }
  box.again = again;
  return () => { clearTimeout(box.timer); clearTimeout(box.soon); clearTimeout(state.soon); box.watch?.disconnect(); box.resized?.disconnect(); box.resized = undefined; };
}
