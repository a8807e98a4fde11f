// Present mode: which scene is shown, by keys, buttons and marks. The browser decides; the server is told, for the link.
const STEPS = {ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1};
const HELD = 'input, textarea, select, [role="slider"], [role="application"], [contenteditable="true"], [role="radiogroup"], [data-testid="stButtonGroup"]';
const PATIENCE = 1200;  // ms without a connection before the room is told

const whole = (name) => document.querySelector(`.st-key-${CSS.escape(name)}`);

export default function ({data, parentElement, setStateValue, setTriggerValue}) {
  const bar = parentElement.querySelector(".stage-bar"), {scenes} = data;
  bar.stop?.();  // Streamlit calls this again for new data, without ending the call before
  const sheet = bar.sheet ??= document.head.appendChild(document.createElement("style"));
  bar.shown = scenes.includes(bar.shown) ? bar.shown : data.scene;
  bar.room ??= new BroadcastChannel(`present:${data.lesson}`);  // to the notes, in another window of this browser

  const tell = () => {
    const box = whole(`scene_${bar.shown}`);
    bar.room.postMessage({scene: bar.shown, said: box?.querySelector('.st-key-takeaway, [class*="_sentence"]')?.innerText ?? "",
      link: location.href});
  };
  const show = (key) => {
    bar.shown = key;
    // a style sheet and not a class on the scene: Streamlit may build the scene's node anew at any time
    sheet.textContent = `.st-key-stage.st-key-stage .st-key-scene_${CSS.escape(key)} { visibility: visible; opacity: 1; }`;
    const at = scenes.indexOf(key);
    bar.querySelector(".place").textContent = `${at + 1} / ${scenes.length}`;
    [...bar.querySelectorAll(".marks button")].forEach((mark, i) => {
      mark.toggleAttribute("data-past", i <= at);
      if (i === at) mark.setAttribute("aria-current", "step"); else mark.removeAttribute("aria-current");
    });
    bar.querySelector('[data-do="previous"]').disabled = at === 0;
    bar.querySelector('[data-do="next"]').disabled = at === scenes.length - 1;
    tell();
  };
  const go = (key) => {
    if (!scenes.includes(key) || key === bar.shown) return;
    show(key);
    setStateValue("scene", key);
    const link = new URL(location.href);  // so that a reload without the server's help finds the scene too
    link.searchParams.set("scene", key);
    if (lost()) history.replaceState(history.state, "", link);
  };
  const step = (by) => go(scenes[scenes.indexOf(bar.shown) + by]);
  const actions = {
    take: () => setTriggerValue("taken", true),
    leave: () => setTriggerValue("left", true),
    previous: () => step(-1), next: () => step(1),
    notes: () => {
      const link = new URL(location.href), [name, value] = data.notes.split("=");
      link.searchParams.set(name, value);
      link.searchParams.set("scene", bar.shown);
      window.open(link, `notes:${data.lesson}`, "popup,width=760,height=820");
    },
    full: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  };
  const lost = () => {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState;
    return state !== undefined && state !== "CONNECTED";
  };
  const check = () => {
    bar.gone = lost() ? bar.gone ?? performance.now() : undefined;
    const tellRoom = bar.gone !== undefined && performance.now() - bar.gone > PATIENCE;
    const line = tellRoom ? "No connection. The picture stays, and so do the other scenes. Trying again …" : "";
    if (bar.querySelector(".lost").textContent !== line) bar.querySelector(".lost").textContent = line;
    whole("stage")?.toggleAttribute("data-lost", tellRoom);
  };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const {key, target} = event, clicker = key === "PageDown" || key === "PageUp";
    const held = target instanceof Element && target.closest(HELD);  // the control needs its own keys
    const pressed = target instanceof Element && target.closest("button, a") && (key === " " || key === "Enter");
    if (whole("take_away")?.closest('[role="dialog"]')) return;  // an open window has its own keys, Escape among them
    const action = {escape: "leave", f: "full", n: "notes", t: "take"}[key.toLowerCase()];
    if (!clicker && key !== "Escape" && (held || pressed)) return;
    if (key === "Home" || key === "End") go(scenes.at(key === "Home" ? 0 : -1));
    else if (key in STEPS) step(key === " " && event.shiftKey ? -1 : STEPS[key]);
    else if (action) actions[action]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onMessage = ({data: said}) => said.ask ? tell() : go(said.go);

  const marks = bar.querySelector(".marks");
  marks.replaceChildren(...scenes.map((key, i) => {
    const item = document.createElement("li"), mark = document.createElement("button");
    mark.type = "button";
    mark.setAttribute("aria-label", `Scene ${i + 1} of ${scenes.length}`);
    mark.onclick = () => go(key);
    item.append(mark);
    return item;
  }));
  bar.querySelectorAll("[data-do]").forEach((button) => { button.onclick = actions[button.dataset.do]; });
  document.addEventListener("keydown", onKey, true);
  bar.room.onmessage = onMessage;
  const clock = setInterval(check, 300);
  const words = new MutationObserver(tell);  // the live sentence moves with the control: the notes follow
  if (whole("stage")) words.observe(whole("stage"), {subtree: true, childList: true, characterData: true});
  show(bar.shown);
  bar.stop = () => {
    document.removeEventListener("keydown", onKey, true);
    clearInterval(clock);
    words.disconnect();
  };
  return () => {
    bar.stop();
    if (!bar.isConnected) {
      bar.room.close();
      sheet.remove();
      bar.room = bar.sheet = undefined;  // the same bar may be put back
    }
  };
}
