// A film: frames that came with the picture, played here. No frame asks the server.
const FRAME_MS = 110, LONGEST_MS = 6000;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The figure's traces as this frame shows them.
function traces(figure, film, frame) {
  if (!film || frame === undefined || frame >= film.captions.length - 1) return figure.data;
  const cut = (values) => Array.isArray(values) ? values.slice(0, film.shown[frame]) : values;
  const seen = figure.data.map((trace, place) => {
    if (!film.grows.includes(place)) return {...trace};
    const part = {...trace, x: cut(trace.x), y: cut(trace.y)};
    if (trace.text) part.text = cut(trace.text);
    return part;
  });
  for (const [place, name, frames] of film.changes) seen[place][name] = frames[frame];
  return seen;
}

// The row under the picture: play, one step back, any step, one step on, and what happens there in words.
function setUpFilm(box, film, draw) {
  const row = box.querySelector(".film"), told = box.querySelector(".told"), slider = row.querySelector("input");
  const [play, back, on] = row.querySelectorAll("button");
  const last = (film?.captions.length ?? 0) - 1;
  row.hidden = told.hidden = last < 1;
  const halt = () => { clearTimeout(box.timer); box.timer = undefined; };
  halt();  // a new picture is not played where the last one stopped
  if (row.hidden) { box.frame = undefined; return; }
  if (box.frame >= last) box.frame = undefined;  // at the end: the picture as it stands
  const at = () => box.frame ?? last;
  const say = (playing) => {
    slider.max = last;
    slider.value = at();
    slider.setAttribute("aria-valuetext", film.captions[at()]);
    told.setAttribute("aria-live", playing ? "off" : "polite");
    told.textContent = film.captions[at()];
    play.dataset.playing = playing;
    play.setAttribute("aria-label", playing ? "Stop" : "Play");
    back.disabled = at() === 0;
    on.disabled = at() === last;
  };
  const paint = () => {
    const drawn = box.frame;
    box.drawing = draw().finally(() => {
      box.drawing = undefined;
      if (box.frame !== drawn) paint();  // the reader went on meanwhile
    });
  };
  const show = (frame, playing = false) => {
    box.frame = Math.max(0, Math.min(frame, last));
    say(playing);
    if (!box.drawing) paint();
  };
  const stop = () => { halt(); say(false); draw(); };
  const look = (frame) => { halt(); show(frame); };  // whoever chooses a frame wants to look at it
  const start = () => {
    const from = at() === last ? 0 : at(), began = performance.now(), each = Math.min(FRAME_MS, LONGEST_MS / last);
    const tick = () => {
      if (!box.isConnected) return;
      const frame = Math.min(last, from + Math.floor((performance.now() - began) / each));
      if (frame !== box.frame && !box.drawing) show(frame, true);
      if (box.frame < last) box.timer = setTimeout(tick, 30); else stop();
    };
    show(from, true);
    box.timer = setTimeout(tick, 30);
  };
  play.hidden = still();
  play.onclick = () => box.timer ? stop() : start();
  back.onclick = () => look(at() - 1);
  on.onclick = () => look(at() + 1);
  slider.oninput = () => look(Number(slider.value));
  say(false);
}
