// The speaker's window follows the presentation in another window of this browser, and can lead it.
const STEPS = {ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1};
const ALONE = "No presentation is open in this browser. The arrows still turn these notes.";

export default function ({data, parentElement, setStateValue}) {
  const bar = parentElement.querySelector(".notes-bar"), {scenes} = data, said = bar.querySelector(".said");
  bar.stop?.();  // Streamlit calls this again for new data, without ending the call before
  const sheet = bar.sheet ??= document.head.appendChild(document.createElement("style"));
  bar.shown = scenes.includes(bar.shown) ? bar.shown : data.scene;
  bar.room ??= new BroadcastChannel(`present:${data.lesson}`);
  bar.begun ??= performance.now();
  const show = (key) => {
    bar.shown = key;
    sheet.textContent = `.st-key-notes.st-key-notes .st-key-note_${CSS.escape(key)} { display: flex; }`;
    bar.querySelector(".place").textContent = `${scenes.indexOf(key) + 1} / ${scenes.length}`;
  };
  const go = (key) => {
    if (!scenes.includes(key) || key === bar.shown) return;
    show(key);
    setStateValue("scene", key);
  };
  const step = (by) => {
    go(scenes[scenes.indexOf(bar.shown) + by]);
    bar.room.postMessage({go: bar.shown});
  };
  const onKey = (event) => {
    if (!(event.key in STEPS) || event.target.closest?.("button, a, input") && event.key === " ") return;
    step(STEPS[event.key]);
    event.preventDefault();
  };
  bar.room.onmessage = ({data: heard}) => {
    if (!heard.scene) return;
    bar.heard = true;
    go(heard.scene);
    said.textContent = heard.said ? `On the wall: ${heard.said}` : "";
  };
  bar.querySelectorAll("[data-by]").forEach((button) => { button.onclick = () => step(Number(button.dataset.by)); });
  const clock = setInterval(() => {
    const seconds = Math.floor((performance.now() - bar.begun) / 1000);
    bar.querySelector(".clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (!bar.heard && seconds > 2) said.textContent = ALONE;
  }, 1000);
  document.addEventListener("keydown", onKey, true);
  show(bar.shown);
  bar.room.postMessage({ask: true});
  bar.stop = () => {
    clearInterval(clock);
    document.removeEventListener("keydown", onKey, true);
  };
  return () => {
    bar.stop();
    if (!bar.isConnected) { bar.room.close(); sheet.remove(); bar.room = bar.sheet = undefined; }
  };
}
