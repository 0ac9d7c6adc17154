// A search field with its button; what is asked for is told to the page when it is sent or cleared.
export default function ({ parentElement, data, setTriggerValue }) {
  const form = parentElement.querySelector("form");
  const [field, button] = form.elements;
  const send = () => {
    if (field.value.trim() !== form.dataset.asked) setTriggerValue("q", field.value.trim());
  };
  form.lang = data.lang;
  form.ariaLabel = field.ariaLabel = data.label;
  field.placeholder = data.hint;
  field.maxLength = data.longest;
  button.textContent = data.button;
  if (form.dataset.asked !== data.asked) field.value = form.dataset.asked = data.asked;
  form.onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  field.oninput = () => field.value || send();
}
