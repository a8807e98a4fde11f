// The numbers behind the picture of a network: what was sent, and what every neuron answers. No drawing here.
const LEAK = 0.01;                      // slope of the leaky ReLU below 0
const FINEST = 64, COARSEST = 40;       // places across and up at which the neurons are asked
const AFFORDED = 9e6;                   // multiplications for one moment of the training
const KEPT = 4.5e7;                       // bytes of answers kept, so that going back costs nothing

// Bytes: a header in JSON, a zero byte, then the long lists (dl_core/mlp/view.py says which).
function unpackedNetwork(bytes) {
  const cut = bytes.indexOf(0), view = JSON.parse(new TextDecoder().decode(bytes.subarray(0, cut)));
  let at = cut + 1;
  const take = (Kind, n) => {  // a copy, because a list of wider numbers may not begin at an odd byte
    const part = bytes.slice(at, at += n * Kind.BYTES_PER_ELEMENT);
    return new Kind(part.buffer, part.byteOffset, n);
  };
  view.gaps = [];  // where the weights into each layer stand
  let n = 0;
  for (let layer = 1; layer < view.layers.length; layer++) {
    const from = view.layers[layer - 1], to = view.layers[layer];
    view.gaps.push({from, to, weights: n, biases: n + from * to});
    n += to * (from + 1);
  }
  const {n_rows: rows} = view, frames = view.epochs.length, d = view.columns.length;
  const short = take(Int16Array, frames * n), inputs = take(Int16Array, d * rows);
  view.parameters = view.scales.map((scale, frame) => Float32Array.from(short.subarray(frame * n, (frame + 1) * n), (v) => v * scale));
  view.inputs = view.steps.map((step, i) => Float32Array.from(inputs.subarray(i * rows, (i + 1) * rows), (v) => v * step));
  view.targets = take(view.task === "classes" ? Uint8Array : Float32Array, rows);
  view.isTest = take(Uint8Array, rows);
  view.rows = take(Uint32Array, rows);
  const largest = (values, from = 0, to = values.length) => { let most = 1e-9; for (let i = from; i < to; i++) most = Math.max(most, Math.abs(values[i])); return most; };
  // the widest line, of all moments, so that weights are seen to grow; and how far a regression's values reach from their mean
  view.heaviest = Math.max(...view.parameters.map((all) => Math.max(...view.gaps.map(({weights, biases}) => largest(all, weights, biases)))));
  view.reach = largest(view.targets.map((value) => value - view.target_mean)) / view.target_spread;
  return view;
}

const place = (view, column, scaled) => view.mean[column] + view.spread[column] * scaled;  // in the column's own unit

function activate(kind, z) {
  const n = z.length;
  if (kind === "tanh") for (let p = 0; p < n; p++) z[p] = 1 - 2 / (1 + Math.exp(2 * z[p]));
  else if (kind === "sigmoid") for (let p = 0; p < n; p++) z[p] = 1 / (1 + Math.exp(-z[p]));
  else if (kind === "relu") for (let p = 0; p < n; p++) z[p] = z[p] > 0 ? z[p] : 0;
  else if (kind === "leaky relu") for (let p = 0; p < n; p++) z[p] = z[p] > 0 ? z[p] : LEAK * z[p];
}

// One neuron before its activation, at all places at once, four inputs a round; an input of null is 0 everywhere.
function weighted(weights, at, bias, inputs, n) {
  const z = new Float32Array(n).fill(bias), used = [];
  for (let i = 0; i < inputs.length; i++) if (inputs[i]) used.push(i);
  let k = 0;
  for (; k + 3 < used.length; k += 4) {
    const [i, j, l, m] = [used[k], used[k + 1], used[k + 2], used[k + 3]];
    const a = inputs[i], b = inputs[j], c = inputs[l], d = inputs[m];
    const wa = weights[at + i], wb = weights[at + j], wc = weights[at + l], wd = weights[at + m];
    for (let p = 0; p < n; p++) z[p] += wa * a[p] + wb * b[p] + wc * c[p] + wd * d[p];
  }
  for (; k < used.length; k++) {
    const a = inputs[used[k]], w = weights[at + used[k]];
    for (let p = 0; p < n; p++) z[p] += w * a[p];
  }
  return z;
}

// What every neuron says: one list of layers, each a list of neurons, each a number for every place. The last layer's are sums.
function said(view, frame, inputs, n) {
  const weights = view.parameters[frame], layers = [inputs], last = view.gaps.length - 1;
  view.gaps.forEach(({from, to, weights: at, biases}, layer) => {
    const neurons = [];
    for (let k = 0; k < to; k++) {
      const z = weighted(weights, at + k * from, weights[biases + k], layers[layer], n);
      if (layer < last) activate(view.activation, z);
      neurons.push(z);
    }
    layers.push(neurons);
  });
  return layers;
}

// The sums of the output neurons as shares that add up to 1; a regression's sum is its answer.
function sharesOf(view, sums) {
  if (view.task !== "classes") return sums;
  const n = sums[0].length, shares = sums.map(() => new Float32Array(n));
  for (let p = 0; p < n; p++) {
    let top = -Infinity, total = 0;
    for (const z of sums) top = Math.max(top, z[p]);
    for (let k = 0; k < sums.length; k++) total += shares[k][p] = Math.exp(sums[k][p] - top);
    for (const share of shares) share[p] /= total;
  }
  return shares;
}

const best = (shares, p) => { let k = 0; for (let i = 1; i < shares.length; i++) if (shares[i][p] > shares[k][p]) k = i; return k; };

// How many places across: as many as the network's size affords.
function fineness(view) {
  const cost = view.gaps.reduce((sum, {from, to}) => sum + from * to + 8 * to, 0);
  return Math.max(COARSEST, Math.min(FINEST, 2 * Math.floor(Math.sqrt(AFFORDED / cost) / 2)));
}

// The places of the picture, row by row from the top left, edges included; columns that are not drawn stay at their average.
function places(view, side) {
  const inputs = view.columns.map(() => null), [across, up] = view.axes;
  const x = inputs[across] = new Float32Array(side * side), y = inputs[up] = new Float32Array(side * side);
  const [left, right] = view.ranges[across], [low, high] = view.ranges[up];
  for (let p = 0; p < side * side; p++) {
    x[p] = left + (p % side) / (side - 1) * (right - left);
    y[p] = high - Math.floor(p / side) / (side - 1) * (high - low);
  }
  return inputs;
}

// Everything that a moment of the training shows. The latest moments are kept.
function momentOf(view, frame) {
  view.moments ??= new Map();
  const known = view.moments.get(frame);
  if (known) return known;
  const side = view.side ??= fineness(view), grid = view.grid ??= places(view, side);
  const layers = said(view, frame, grid, side * side), shares = sharesOf(view, layers.at(-1));
  const rows = sharesOf(view, said(view, frame, view.inputs, view.n_rows).at(-1));
  const moment = {side, layers, shares, rows, wrong: wrongRows(view, rows)};
  const weight = 4 * side * side * view.layers.reduce((sum, n) => sum + n);
  while (view.moments.size && (view.moments.size + 1) * weight > KEPT) view.moments.delete(view.moments.keys().next().value);
  view.moments.set(frame, moment);
  return moment;
}

const inUnit = (view, value) => view.target_mean + view.target_spread * value;

// 1 for a row whose class is wrong, or whose value is off by more than twice the test rows' typical error.
function wrongRows(view, rows) {
  const wrong = new Uint8Array(view.n_rows);
  if (view.task === "classes") return wrong.map((_, r) => best(rows, r) !== view.targets[r]);
  const off = Float32Array.from(view.targets, (value, r) => Math.abs(inUnit(view, rows[0][r]) - value));
  let squares = 0, n = 0;
  off.forEach((each, r) => { if (view.isTest[r]) { squares += each * each; n++; } });
  const limit = 2 * Math.sqrt(squares / Math.max(n, 1));
  return wrong.map((_, r) => off[r] > limit);
}

// Where a field (side × side) crosses a level: short lines [x1, y1, x2, y2] in shares of the picture.
function crossings(field, side, level = 0) {
  const lines = [], step = 1 / (side - 1);
  for (let row = 0; row < side - 1; row++) {
    for (let column = 0; column < side - 1; column++) {
      const p = row * side + column, corners = [field[p], field[p + 1], field[p + side + 1], field[p + side]].map((v) => v - level);
      const found = [];
      for (let edge = 0; edge < 4; edge++) {
        const a = corners[edge], b = corners[(edge + 1) % 4];
        if ((a > 0) === (b > 0)) continue;
        const t = a / (a - b);
        found.push([[column + t, row], [column + 1, row + t], [column + 1 - t, row + 1], [column, row + 1 - t]][edge]);
      }
      for (let i = 0; i + 1 < found.length; i += 2) lines.push([...found[i], ...found[i + 1]].map((v) => v * step));
    }
  }
  return lines;
}

// The border between the class that wins and the others, for each class but where it was drawn already.
function borders(moment) {
  const {layers, side} = moment, sums = layers.at(-1);
  if (moment.borders) return moment.borders;
  const two = sums.length === 2;
  moment.borders = (two ? [sums[0]] : sums).flatMap((z, k) => {
    const ahead = z.map((value, p) => {
      let rival = -Infinity;
      for (let i = 0; i < sums.length; i++) if (i !== k) rival = Math.max(rival, sums[i][p]);
      return value - rival;
    });
    return crossings(ahead, side);
  });
  return moment.borders;
}

// Round numbers between low and high, about n of them.
function ticks(low, high, n = 4) {
  const raw = (high - low) / n, ten = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 2.5, 5, 10].find((m) => m * ten >= 0.8 * raw) * ten;
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) found.push(Number((k * step).toPrecision(10)));
  return found;
}

// A number with two figures that count and a real minus sign.
function inFigures(value, figures = 2) {
  if (!Number.isFinite(value)) return "endless";
  const size = Math.abs(value);
  if (size >= 1e6 || (size && size < 1e-4)) return value.toExponential(figures - 1).replace("e+", " · 10^").replace("e-", " · 10^−").replace(/^-/, "−");
  return Number(value.toPrecision(Math.max(figures, size >= 100 ? Math.floor(Math.log10(size)) + 1 : figures)))
    .toLocaleString("en", {maximumFractionDigits: 6}).replace("-", "−");
}

const asPercent = (share) => share > 0.999 ? "over 99.9\u00a0%" : share < 0.001 ? "under 0.1\u00a0%" : `${inFigures(100 * share, share > 0.99 ? 3 : 2)}\u00a0%`;

// The weights into a neuron, the largest first: [[place in the layer before, weight], …], and its bias.
function weightsInto(view, frame, layer, neuron) {
  const {from, weights, biases} = view.gaps[layer - 1], all = view.parameters[frame];
  const into = Array.from({length: from}, (_, i) => [i, all[weights + neuron * from + i]]);
  return {into: into.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])), bias: all[biases + neuron]};
}
