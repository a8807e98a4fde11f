// A place on the picture: chosen by a click, or by dragging the one point that the picture lets go.
const CLICK = 5, PATIENT = 400;  // px that a click may wander; ms until the next place is sent without an answer

function send(box, place) {  // one place at a time: the next one waits for the picture of the last
  box.wanted = place;
  if (box.sent && performance.now() - box.sent < PATIENT) return;
  box.sent = performance.now();
  box.wanted = undefined;
  box.tell(place);
}

function answered(box) {
  box.sent = undefined;
  if (box.wanted) send(box, box.wanted);
}

function placeAt(plot, event) {
  const {left, top} = plot.getBoundingClientRect();
  for (const {xaxis, yaxis} of Object.values(plot._fullLayout?._plots ?? {})) {
    const x = event.clientX - left - xaxis._offset, y = event.clientY - top - yaxis._offset;
    if (x >= 0 && x <= xaxis._length && y >= 0 && y <= yaxis._length) return {x: xaxis.p2d(x), y: yaxis.p2d(y)};
  }
  return null;
}

function letPick(box, plot) {
  plot.addEventListener("pointerdown", (down) => {
    if (!box.pickable || !down.isPrimary || down.button !== 0 || down.target.closest(".modebar")) return;
    // the chart library lays a cover over the page while the button is down, so the end is heard at the window
    addEventListener("pointerup", (up) => {
      const near = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < CLICK;
      const place = near && plot.isConnected && placeAt(plot, up);
      if (place) send(box, place);
    }, {once: true, capture: true});
  }, true);
}

// The handle lies over the point that may be dragged; it moves at once, the picture follows the server.
function letDrag(box, plot, figure) {
  const handle = box.querySelector(".handle"), {drag} = figure.layout.meta ?? {};
  handle.hidden = !drag || !box.pickable;
  if (handle.hidden) return;
  const trace = figure.data[drag.trace];
  const axis = (name) => plot._fullLayout[(trace[`${name}axis`] ?? name).replace(name, `${name}axis`)];
  const [x, y] = [axis("x"), axis("y")];
  const put = (left, top) => { handle.style.left = `${plot.offsetLeft + left}px`; handle.style.top = `${plot.offsetTop + top}px`; };
  const within = (value, length) => Math.max(0, Math.min(value, length));
  if (!box.dragging) {
    put(x._offset + within(x.d2p(trace.x[0]), x._length), y._offset + within(y.d2p(trace.y[0]), y._length));
  }
  handle.onpointerdown = (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    box.dragging = true;
  };
  handle.onpointermove = (event) => {
    if (!box.dragging) return;
    const {left, top} = plot.getBoundingClientRect();
    const across = within(event.clientX - left - x._offset, x._length), down = within(event.clientY - top - y._offset, y._length);
    put(x._offset + across, y._offset + down);
    send(box, {x: x.p2d(across), y: y.p2d(down)});
  };
  handle.onpointerup = handle.onpointercancel = () => { box.dragging = false; };
}
