// The address of this page with the settings on the screen, as it is now; without present mode.
const settings = () => {
  const link = new URL(location.href);
  link.searchParams.delete("present");
  link.searchParams.delete("scene");
  link.hash = "";
  return link.href;
};

export default function ({parentElement}) {
  const [field, button] = parentElement.querySelector(".link").children;
  const show = () => { if (field.value !== settings()) field.value = settings(); };
  show();
  clearInterval(field.clock);  // Streamlit calls this again for new data, without ending the call before
  field.clock = setInterval(show, 500);
  field.onfocus = () => { show(); field.select(); };
  button.onclick = async () => {
    show();
    try { await navigator.clipboard.writeText(field.value); }
    catch { field.select(); document.execCommand("copy"); }  // pages that are not served safely have no clipboard
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1600);
  };
  return () => clearInterval(field.clock);
}
