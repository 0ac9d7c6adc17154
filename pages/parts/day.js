// The as-of day in the masthead: told in words, chosen in the browser's own date field.
export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const field = parentElement.querySelector("input");
  parentElement.querySelector("span").textContent = data.label;
  parentElement.querySelector("b").textContent = data.words;
  field.min = data.first;
  field.max = data.last;
  field.value = data.day;
  field.onclick = () => field.showPicker?.();
  field.onchange = () => {
    if (!field.value || field.validity.valid) setTriggerValue("day", field.value);
  };
}
