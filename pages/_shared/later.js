// Tells the server once the first picture is painted, or after a while in any case.
const PATIENCE = 2500;  // ms
export default function ({setTriggerValue}) {
  const begun = performance.now();
  const clock = setInterval(() => {
    if (!document.querySelector(".chart .plot .main-svg") && performance.now() - begun < PATIENCE) return;
    clearInterval(clock);
    setTriggerValue("painted", true);
  }, 30);
  return () => clearInterval(clock);
}
