// Tells the server once the opening scene's control has come to rest, so that the scenes below may follow.
const REST = 180;  // ms without another move
// While a run goes on, a reader may have pressed something else: a message now would carry the values from before that.
const isIdle = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
export default function ({data, parentElement, setTriggerValue}) {
  const wait = (tell) => { parentElement.following = setTimeout(tell, REST); };
  const tell = () => isIdle() ? setTriggerValue("rest", data) : wait(tell);
  clearTimeout(parentElement.following);
  if (data) wait(tell);
  return () => clearTimeout(parentElement.following);
}
