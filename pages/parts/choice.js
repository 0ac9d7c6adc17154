// A row of the browser's own drop-down lists; what is chosen is told to the page as "name=value".
export default function ({ parentElement, data, setTriggerValue }) {
  const row = parentElement.querySelector(".choices");
  row.lang = data.lang;
  const held = row.contains(document.activeElement) ? document.activeElement.name : null;
  row.replaceChildren(
    ...data.fields.map(({ name, label, value, options }) => {
      const field = document.createElement("label");
      const words = document.createElement("span");
      const list = document.createElement("select");
      words.textContent = label;
      for (const [key, text] of options) list.add(new Option(text, key, false, key === value));
      list.name = name;
      list.onchange = () => setTriggerValue("choice", `${name}=${list.value}`);
      field.append(words, list);
      return field;
    }),
  );
  if (held) row.querySelector(`[name="${held}"]`)?.focus(); // whoever chose by keyboard goes on from there
}
