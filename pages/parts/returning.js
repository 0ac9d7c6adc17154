// Asks for the page anew when Streamlit has found a server again.
export default function ({ parentElement, setTriggerValue }) {
  parentElement.stopWatching?.();
  const app = document.querySelector("[data-testid=stApp]");
  let lost = false;
  const watch = new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (connected && lost) setTriggerValue("back", true);
    lost = !connected;
  });
  watch.observe(app, { attributeFilter: ["data-test-connection-state"] });
  parentElement.stopWatching = () => watch.disconnect();
  return parentElement.stopWatching;
}
