// A drawing of n x n cells. Pointer: a stroke two cells thick. Keyboard: arrows move, space inks a cell.
const fromText = (text, n) => Array.from({length: n * n}, (_, i) => (parseInt(text[i >> 2], 16) >> (3 - (i & 3))) & 1);
const toText = (cells) => Array.from({length: cells.length / 4}, (_, i) =>
  (cells[4 * i] * 8 + cells[4 * i + 1] * 4 + cells[4 * i + 2] * 2 + cells[4 * i + 3]).toString(16)).join("");

export default function ({data, parentElement, setStateValue}) {
  const box = parentElement.querySelector(".draw"), n = data.cells;
  if (!box.firstChild) {
    box.innerHTML = '<canvas tabindex="0" role="application"></canvas><button type="button">Clear</button><small>Keyboard: arrows move, space draws.</small>';
    box.state = {cells: [], at: [4, 8], last: null};
  }
  const [canvas, clear] = box.children, state = box.state, side = 240;
  canvas.width = canvas.height = side;
  canvas.setAttribute("aria-label", `Drawing square of ${n} by ${n} cells. Arrow keys move, space draws.`);
  // an answer to an earlier cell must not undo the later ones: until the last one sent comes back, ours counts
  if (state.sent !== undefined) { if (data.drawing === state.sent) state.sent = undefined; }
  else if (!state.last) state.cells = fromText(/^[0-9a-f]+$/.test(data.drawing) && data.drawing.length === n * n / 4 ? data.drawing : "0".repeat(n * n / 4), n);
  const paint = () => {
    const pen = canvas.getContext("2d"), size = side / n;
    pen.clearRect(0, 0, side, side);
    pen.fillStyle = getComputedStyle(box).getPropertyValue("--st-text-color");
    state.cells.forEach((on, i) => on && pen.fillRect((i % n) * size, Math.floor(i / n) * size, size, size));
    if (document.activeElement === canvas) {
      pen.strokeStyle = getComputedStyle(box).getPropertyValue("--st-primary-color");
      pen.lineWidth = 2;
      pen.strokeRect(state.at[1] * size + 1, state.at[0] * size + 1, size - 2, size - 2);
    }
  };
  const ink = (row, column) => [[0, 0], [0, 1], [1, 0], [1, 1]].forEach(([r, c]) => {
    if (row + r < n && column + c < n && row >= 0 && column >= 0) state.cells[(row + r) * n + column + c] = 1;
  });
  const send = () => { state.sent = toText(state.cells); setStateValue("drawing", state.sent); };
  const place = (event) => { const r = canvas.getBoundingClientRect();
    return [event.clientY - r.top, event.clientX - r.left].map((v) => Math.floor(v / r.width * n - 0.5)); };
  canvas.onpointerdown = (event) => { canvas.setPointerCapture(event.pointerId); state.last = place(event); ink(...state.last); paint(); };
  canvas.onpointermove = (event) => {
    if (!state.last) return;
    const to = place(event), steps = Math.max(1, ...to.map((v, i) => Math.abs(v - state.last[i])));
    for (let s = 1; s <= steps; s++) ink(...to.map((v, i) => Math.round(state.last[i] + (v - state.last[i]) * s / steps)));
    state.last = to; paint();
  };
  canvas.onpointerup = canvas.onpointercancel = () => { if (state.last) { state.last = null; send(); } };
  canvas.onkeydown = (event) => {
    const move = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (move) { state.at = state.at.map((v, i) => Math.min(n - 1, Math.max(0, v + move[i]))); paint(); event.preventDefault(); }
    if (event.key === " ") { const i = state.at[0] * n + state.at[1]; state.cells[i] = 1 - state.cells[i]; paint(); send(); event.preventDefault(); }
  };
  canvas.onfocus = canvas.onblur = paint;
  clear.onclick = () => { state.cells = state.cells.map(() => 0); paint(); send(); };
  paint();
}
