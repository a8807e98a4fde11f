// Tells the server once the opening scene's control has come to rest, so that the scenes below may follow.
const REST = 180;  // ms without another move
export default function ({data, parentElement, setTriggerValue}) {
  clearTimeout(parentElement.following);
  if (data) parentElement.following = setTimeout(() => setTriggerValue("rest", data), REST);
  return () => clearTimeout(parentElement.following);
}
