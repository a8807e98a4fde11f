// Drawing a network on three canvases: the neurons and their weights, the answer, the losses.
const SHAPES = 5, MANY_LINES = 200, MOST_LINES = 64, LINE_STEPS = 6;  // shapes of points; beyond so many lines between two layers only the strongest; widths of a line
const mixed = (a, b, share) => a.map((value, i) => Math.round(value + (b[i] - value) * share));
const css = (rgb, alpha = 1) => `rgba(${rgb.join(",")},${alpha})`;

// The page's colours as the browser resolves them, and the house's for data.
function themeOf(box, view) {
  const style = getComputedStyle(box), pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const [ink, paper, accent] = ["text", "background", "primary"].map((name) => rgb(style.getPropertyValue(`--st-${name}-color`).trim()));
  const dark = paper[0] + paper[1] + paper[2] < 384;
  const words = (dark ? view.words_on_dark : view.words).map((word) => (word ? rgb(word) : ink));
  const theme = {ink, paper, accent, dark, words, series: view.series.map(rgb), family: style.fontFamily,
    quiet: mixed(paper, ink, 0.68), faint: mixed(paper, ink, 0.16)};
  theme.low = theme.series[0];
  theme.high = theme.series[1];
  theme.name = JSON.stringify([ink, paper, accent, style.fontFamily]);
  return theme;
}

// 256 colours from one end over the paper to the other, as the numbers that a picture is made of.
function ramp(theme, strength, low = theme.low, high = theme.high) {
  return Uint32Array.from({length: 256}, (_, i) => {
    const t = (i - 127.5) / 127.5, [r, g, b] = mixed(theme.paper, t < 0 ? low : high, strength * Math.abs(t));
    return 0xff000000 | (b << 16) | (g << 8) | r;
  });
}

// How far a neuron's answers reach on either side of 0: the same for a whole layer, so that a silent neuron looks silent.
function reachOf(view, moment, layer) {
  moment.reach ??= [];
  if (moment.reach[layer]) return moment.reach[layer];
  const last = view.layers.length - 1;
  let reach = 1;  // of tanh, sigmoid and shares
  if (layer === 0) reach = Math.max(...view.axes.flatMap((column) => view.ranges[column].map(Math.abs)));
  else if (layer === last && view.task === "classes") reach = 1;
  else if (layer === last) reach = view.reach;
  else if (view.activation !== "tanh" && view.activation !== "sigmoid") {
    reach = 1e-9;
    for (const neuron of moment.layers[layer]) for (const value of neuron) reach = Math.max(reach, Math.abs(value));
  }
  return moment.reach[layer] = reach;
}

// One neuron's answers as a picture of side × side dots, into a longer list of dots.
function tint(dots, from, values, reach, colours) {
  const n = values.length;
  for (let p = 0; p < n; p++) {
    const t = 127.5 + 127.5 * values[p] / reach;
    dots[from + p] = colours[t < 0 ? 0 : t > 255 ? 255 : t | 0];
  }
}

// The classes' picture: the winner's colour, fading to paper where it is not sure.
function tintClasses(dots, moment, theme, strength) {
  const {shares} = moment, n = shares.length, chance = 1 / n, colours = shares.map((_, k) => ramp(theme, strength, theme.series[k], theme.series[k]));
  for (let p = 0; p < dots.length; p++) {
    const k = best(shares, p), sure = (shares[k][p] - chance) / (1 - chance);
    dots[p] = colours[k][128 + (127 * sure | 0)];
  }
}

// A hidden canvas that holds dots, made once for each use.
function painted(store, name, side, height, paint) {
  const canvas = store[name] ??= document.createElement("canvas");
  if (canvas.width !== side || canvas.height !== height) { canvas.width = side; canvas.height = height; }
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, height);
  paint(new Uint32Array(image.data.buffer));
  pen.putImageData(image, 0, 0);
  return canvas;
}

// -- neurons and weights

function paintNet(pen, {view, moment, theme, sizes, frame, hot, store}) {
  const {nodes, font} = sizes, {side} = moment, {family} = theme;
  pen.clearRect(0, 0, sizes.net.width, sizes.net.height);
  paintWeights(pen, {view, theme, sizes, frame, hot});
  const all = nodes.flat(), colours = ramp(theme, 0.88), last = view.layers.length - 1;
  const sheet = painted(store, "neurons", side, side * all.length, (dots) => {
    all.forEach(({layer, k}, i) => {
      const values = layer === last ? moment.shares[k] : moment.layers[layer][k];
      const own = layer === last && view.task === "classes" ? ramp(theme, 0.88, theme.series[k], theme.series[k]) : colours;
      if (values) tint(dots, i * side * side, values, reachOf(view, moment, layer), own);
      else dots.fill(colours[127], i * side * side, (i + 1) * side * side);  // a column that is not drawn: its average
    });
  });
  all.forEach(({x, y, size, layer, k}, i) => {
    const isHot = hot?.layer === layer && hot.k === k, left = x - size / 2, top = y - size / 2;
    pen.drawImage(sheet, 0, i * side, side, side, left, top, size, size);
    pen.lineWidth = isHot ? 3 : 1;
    pen.strokeStyle = css(isHot ? theme.accent : mixed(theme.paper, theme.ink, 0.5));
    pen.strokeRect(left, top, size, size);
    if (layer === last && view.task === "classes" && sizes.symbols) {
      paintShape(pen, k, x + size / 2 + sizes.symbols, y, 0.42 * font, css(theme.series[k]), css(theme.series[k]), 1);
    }
  });
  pen.font = `${font}px ${family}`;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const {x, y, size, k} of nodes[0]) {
    const isHot = hot?.layer === 0 && hot.k === k;
    pen.fillStyle = css(isHot ? theme.ink : view.axes.includes(k) ? theme.ink : theme.quiet);
    pen.fillText(fitting(pen, view.columns[k], sizes.names), x - size / 2 - 6, y);
  }
  pen.textAlign = "center";
  pen.fillStyle = css(theme.quiet);
  sizes.heads.forEach(([x, text]) => pen.fillText(text, x, 0.62 * font));
}

// A text as far as there is room for it.
function fitting(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let n = text.length;
  while (n > 1 && pen.measureText(`${text.slice(0, n)}…`).width > room) n--;
  return `${text.slice(0, n).trimEnd()}…`;
}

function paintWeights(pen, {view, theme, sizes, frame, hot}) {
  const weights = view.parameters[frame], bundles = new Map(), pale = view.gaps.some(({from, to}) => from * to > 60) ? 0.25 : 0.4;
  view.gaps.forEach(({from, to, weights: at}, gap) => {
    let lines = [];
    for (let k = 0; k < to; k++) for (let i = 0; i < from; i++) lines.push([i, k, weights[at + k * from + i]]);
    const own = hot ? lines.filter(([i, k]) => (hot.layer === gap && hot.k === i) || (hot.layer === gap + 1 && hot.k === k)) : [];
    if (lines.length > MANY_LINES) lines = lines.sort((a, b) => Math.abs(b[2]) - Math.abs(a[2])).slice(0, MOST_LINES);
    for (const [set, strength] of [[hot ? lines.filter((line) => !own.includes(line)) : lines, hot ? 0.18 : 1], [own, 1]]) {
      for (const [i, k, weight] of set) {
        const share = Math.min(1, Math.abs(weight) / view.heaviest), step = Math.round(LINE_STEPS * share);
        if (share < 0.012) continue;
        const name = `${strength}|${step}|${weight < 0}`;
        if (!bundles.has(name)) bundles.set(name, {strength, share: step / LINE_STEPS, below: weight < 0, path: new Path2D()});
        const a = sizes.nodes[gap][i], b = sizes.nodes[gap + 1][k], {path} = bundles.get(name);
        const x1 = a.x + a.size / 2, x2 = b.x - b.size / 2, middle = (x1 + x2) / 2;
        path.moveTo(x1, a.y);
        path.bezierCurveTo(middle, a.y, middle, b.y, x2, b.y);
      }
    }
  });
  for (const {strength, share, below, path} of [...bundles.values()].sort((a, b) => a.strength - b.strength || a.share - b.share)) {
    pen.lineWidth = (0.7 + 5 * share) * sizes.scale;
    pen.strokeStyle = css(mixed(theme.paper, below ? theme.low : theme.high, strength * (pale + (1 - pale) * share)));
    pen.setLineDash(below ? [4.5 * sizes.scale, 3 * sizes.scale] : []);
    pen.stroke(path);
  }
  pen.setLineDash([]);
}

// -- the answer, or one neuron in its place

function paintAnswer(pen, {view, moment, theme, sizes, hot, store, near}) {
  const {plane, font} = sizes, {side} = moment, last = view.layers.length - 1;
  pen.clearRect(0, 0, plane.full.width, plane.full.height);
  const shown = hot ?? {layer: last, k: 0}, classes = view.task === "classes";
  const values = shown.layer === last ? moment.shares[shown.k] : moment.layers[shown.layer][shown.k];
  const sheet = painted(store, "answer", side, side, (dots) => {
    if (!hot && classes) tintClasses(dots, moment, theme, 0.5);
    else if (!values) dots.fill(ramp(theme, 0)[127]);
    else if (shown.layer === last && classes) tint(dots, 0, values, 1, ramp(theme, 0.62, theme.series[shown.k], theme.series[shown.k]));
    else tint(dots, 0, values, reachOf(view, moment, shown.layer), ramp(theme, 0.62));
  });
  pen.imageSmoothingQuality = "high";
  // the dots stand on the picture's edges, so half a dot on each side is left out
  pen.drawImage(sheet, 0.5, 0.5, side - 1, side - 1, plane.left, plane.top, plane.size, plane.size);
  pen.save();
  pen.beginPath();
  pen.rect(plane.left, plane.top, plane.size, plane.size);
  pen.clip();
  if (!hot && classes) stroke(pen, borders(moment), plane, css(theme.ink, 0.75), 1.5 * sizes.scale);
  else if (values && shown.layer > 0) {
    const reach = reachOf(view, moment, shown.layer), middle = shown.layer === last && classes ? 0.5 : view.activation === "sigmoid" && shown.layer < last ? 0.5 : 0;
    if (shown.layer === last && !classes) for (const t of [-0.75, -0.5, -0.25, 0.25, 0.5, 0.75]) stroke(pen, crossings(values, side, t * reach), plane, css(theme.ink, 0.22), sizes.scale);
    if (view.activation !== "relu" || shown.layer === last) stroke(pen, crossings(values, side, middle), plane, css(theme.ink, 0.6), 1.25 * sizes.scale);
  }
  paintRows(pen, {view, moment, theme, sizes, store, marked: !hot || shown.layer === last, near});
  pen.restore();
  paintAxes(pen, {view, theme, sizes});
}

function stroke(pen, lines, {left, top, size}, colour, width) {
  pen.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    pen.moveTo(left + x1 * size, top + y1 * size);
    pen.lineTo(left + x2 * size, top + y2 * size);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

// Circle, square, triangle, diamond, triangle on its head: as wide as 2 · r.
function paintShape(pen, kind, x, y, r, fill, line, width) {
  pen.beginPath();
  const s = 0.9 * r, t = 1.15 * r;
  if (kind === 0) pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind === 1) pen.rect(x - s, y - s, 2 * s, 2 * s);
  else {
    const corners = {2: [[0, -t], [t, 0.8 * t], [-t, 0.8 * t]], 3: [[0, -1.1 * t], [1.1 * t, 0], [0, 1.1 * t], [-1.1 * t, 0]], 4: [[0, t], [t, -0.8 * t], [-t, -0.8 * t]]}[kind];
    corners.forEach(([dx, dy], i) => (i ? pen.lineTo(x + dx, y + dy) : pen.moveTo(x + dx, y + dy)));
    pen.closePath();
  }
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = width;
  pen.strokeStyle = line;
  pen.stroke();
}

// Where a row stands in the picture.
function spot(view, {left, top, size}, row) {
  const [across, up] = view.axes, [west, east] = view.ranges[across], [south, north] = view.ranges[up];
  return [left + (view.inputs[across][row] - west) / (east - west) * size, top + (north - view.inputs[up][row]) / (north - south) * size];
}

const radius = (view, sizes) => (view.n_rows <= 350 ? 4.2 : view.n_rows <= 900 ? 3.2 : 2.4) * sizes.scale;

// Training rows hollow, test rows solid and on top; they never move, so they are drawn once. The crosses change.
function paintRows(pen, {view, moment, theme, sizes, store, marked, near}) {
  const {full} = sizes.plane, r = radius(view, sizes), name = JSON.stringify([full, sizes.plane, theme.name, r, devicePixelRatio]);
  if (store.rowsOf !== view || store.rowsName !== name) {
    store.rowsOf = view;
    store.rowsName = name;
    const canvas = store.rows ??= document.createElement("canvas");
    const own = fitted(canvas, full.width, full.height);
    for (const test of [0, 1]) {
      for (let row = 0; row < view.n_rows; row++) if (view.isTest[row] === test) paintRow(own, view, theme, sizes, row, r);
    }
  }
  pen.drawImage(store.rows, 0, 0, full.width, full.height);
  if (marked) {
    for (const [colour, width] of [[css(theme.paper), 3.6], [css(theme.ink), 1.5]]) {
      pen.beginPath();
      const arm = 1.5 * r;
      for (let row = 0; row < view.n_rows; row++) {
        if (!moment.wrong[row]) continue;
        const [x, y] = spot(view, sizes.plane, row);
        pen.moveTo(x - arm, y - arm);
        pen.lineTo(x + arm, y + arm);
        pen.moveTo(x + arm, y - arm);
        pen.lineTo(x - arm, y + arm);
      }
      pen.strokeStyle = colour;
      pen.lineWidth = width * Math.min(sizes.scale, r / 3);
      pen.stroke();
    }
  }
  if (near !== undefined) {
    const [x, y] = spot(view, sizes.plane, near);
    paintShape(pen, 0, x, y, 2.1 * r, "transparent", css(theme.accent), 2.5);
  }
}

function paintRow(pen, view, theme, sizes, row, r) {
  const [x, y] = spot(view, sizes.plane, row), solid = view.isTest[row];
  if (view.task === "classes") {
    const k = view.targets[row], colour = css(theme.dark ? mixed(theme.series[k], theme.ink, 0.25) : theme.series[k]);
    if (solid) paintShape(pen, k % SHAPES, x, y, r, colour, css(theme.paper), 1.1 * sizes.scale);
    else paintShape(pen, k % SHAPES, x, y, r - 0.5 * sizes.scale, css(theme.paper, 0.85), colour, 1.7 * sizes.scale);
    return;
  }
  const t = Math.max(-1, Math.min(1, (view.targets[row] - view.target_mean) / view.target_spread / view.reach));
  paintShape(pen, 0, x, y, r, css(mixed(theme.paper, t < 0 ? theme.low : theme.high, Math.abs(t))), css(theme.ink, 0.8), sizes.scale);
  if (!solid) paintShape(pen, 0, x, y, 0.32 * r, css(theme.paper), css(theme.ink, 0.8), sizes.scale);
}

function paintAxes(pen, {view, theme, sizes}) {
  const {plane, font} = sizes, {left, top, size} = plane, [across, up] = view.axes;
  pen.strokeStyle = css(theme.quiet);
  pen.lineWidth = 1;
  pen.strokeRect(left, top, size, size);
  pen.font = `${font}px ${theme.family}`;
  pen.fillStyle = css(theme.quiet);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const share = (column, value) => ((value - view.mean[column]) / view.spread[column] - view.ranges[column][0]) / (view.ranges[column][1] - view.ranges[column][0]);
  const real = (column) => view.ranges[column].map((scaled) => place(view, column, scaled));
  for (const value of ticks(...real(across))) {
    const x = left + share(across, value) * size;
    pen.fillRect(x - 0.5, top + size, 1, 4);
    const text = inFigures(value, 3), half = pen.measureText(text).width / 2;
    pen.fillText(text, Math.min(x, plane.full.width - half), top + size + 6);
  }
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const value of ticks(...real(up))) {
    const y = top + (1 - share(up, value)) * size;
    pen.fillRect(left - 4, y - 0.5, 4, 1);
    pen.fillText(inFigures(value, 3), left - 6, y);
  }
  pen.fillStyle = css(theme.ink);
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  pen.fillText(fitting(pen, view.columns[across], size), left + size / 2, plane.full.height - 3);
  pen.save();
  pen.translate(1, top + size / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  pen.fillText(fitting(pen, view.columns[up], size), 0, 0);
  pen.restore();
}

// -- the losses

// Where losses stand: straight upwards, or by powers of ten where they differ by more than a straight scale can show.
function lossScale(view) {
  if (view.lossScale) return view.lossScale;
  const all = [...view.train_loss, ...view.test_loss], most = Math.max(...all), least = Math.min(...all.filter((v) => v > 0), most || 1);
  const middle = [...all].sort((a, b) => a - b)[all.length >> 1], steep = most > 30 * Math.max(middle, 1e-12);
  const low = steep ? Math.log10(least) : 0, high = steep ? Math.log10(most) : (most || 1) * 1.05;
  const up = (loss) => (steep ? (Math.log10(Math.max(loss, least)) - low) / (high - low) : loss / high);
  let marks = ticks(0, high, 3);
  if (steep) {
    const whole = [];
    for (let ten = Math.ceil(low); ten <= high; ten += Math.max(1, Math.ceil((high - low) / 3))) whole.push(10 ** ten);
    marks = whole;
  }
  return view.lossScale = {up, marks, steep};
}

function paintLosses(pen, {view, theme, sizes, frame, look}) {
  const {losses: place, font} = sizes, {left, top, width, height} = place, end = view.epochs.at(-1) || 1, {up, marks, steep} = lossScale(view);
  const x = (epoch) => left + epoch / end * width, y = (loss) => top + (1 - up(loss)) * height;
  pen.clearRect(0, 0, place.full.width, place.full.height);
  pen.font = `${font}px ${theme.family}`;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const mark of marks) {
    pen.fillStyle = css(theme.faint);
    pen.fillRect(left, y(mark) - 0.5, width, 1);
    pen.fillStyle = css(theme.quiet);
    pen.fillText(inFigures(mark), left - 6, y(mark));
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const epochs = ticks(0, end, 4).filter(Number.isInteger);
  for (const epoch of epochs) {
    const text = epoch.toLocaleString("en"), half = pen.measureText(text).width / 2;
    pen.fillText(text, Math.min(x(epoch), place.full.width - half), top + height + 4);
  }
  pen.fillStyle = css(theme.ink);
  pen.textBaseline = "bottom";
  pen.fillText("epochs", left + width / 2, place.full.height - 1);
  pen.save();
  pen.translate(1, top + height / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  pen.fillText(steep ? "loss (×10)" : "loss", 0, 0);
  pen.restore();
  pen.lineJoin = "round";
  pen.strokeStyle = css(theme.ink, 0.55);
  pen.lineWidth = 1;
  const now = x(view.epochs[frame]);
  pen.beginPath();
  pen.moveTo(now, top);
  pen.lineTo(now, top + height);
  pen.stroke();
  for (const [k, losses, dash] of [[0, view.train_loss, []], [1, view.test_loss, [6, 3.5]]]) {
    pen.beginPath();
    losses.forEach((loss, i) => (i ? pen.lineTo(x(view.epochs[i]), y(loss)) : pen.moveTo(x(view.epochs[i]), y(loss))));
    pen.strokeStyle = css(theme.series[k]);
    pen.lineWidth = 2 * sizes.scale;
    pen.setLineDash(dash.map((part) => part * sizes.scale));
    pen.stroke();
    pen.setLineDash([]);
    paintShape(pen, k, now, y(losses[frame]), 4 * sizes.scale, css(theme.series[k]), css(theme.paper), 1.5);
    if (look !== undefined) paintShape(pen, k, x(view.epochs[look]), y(losses[look]), 3 * sizes.scale, css(theme.paper), css(theme.series[k]), 1.5);
  }
  paintLineNames(pen, {view, theme, sizes, y});
}

// Both lines are named at their ends, one above the other however close they come.
function paintLineNames(pen, {view, theme, sizes, y}) {
  const {losses: place, font} = sizes, ends = [y(view.train_loss.at(-1)), y(view.test_loss.at(-1))], gap = 1.05 * font;
  const middle = (ends[0] + ends[1]) / 2, upper = ends[0] < ends[1] ? 0 : 1;
  const at = Math.abs(ends[0] - ends[1]) >= gap ? ends : ends.map((_, k) => middle + (k === upper ? -gap / 2 : gap / 2));
  const low = place.top + place.height - gap / 3, over = Math.max(0, Math.max(...at) - low);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  ["training", "test"].forEach((name, k) => {
    pen.fillStyle = css(theme.words[k]);
    pen.fillText(name, place.left + place.width + 7, at[k] - over);
  });
}
