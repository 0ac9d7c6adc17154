// Ticks the countdown each second without asking the server.
const UNITS = [["days", 86400], ["hours", 3600], ["minutes", 60], ["seconds", 1]];

function tick(root, data, started) {
  const left = Math.max(0, Math.floor((data.end - data.now - (Date.now() - started)) / 1000));
  // A browser that does not know the language counts as English does.
  const plural = new Intl.PluralRules([data.lang, "en"]);
  const numbers = [data.lang, "en"].map((lang) => `${lang}-u-nu-${data.digits}`);
  const whole = new Intl.NumberFormat(numbers);
  const two = new Intl.NumberFormat(numbers, { minimumIntegerDigits: 2 });
  let rest = left;
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    const [number, label] = root.querySelector(`[data-unit=${unit}]`).children;
    number.textContent = (unit === "days" ? whole : two).format(count);
    label.textContent = data.units[unit][plural.select(count)] ?? data.units[unit].other;
  }
}

export default function ({ parentElement, data }) {
  parentElement.stopCountdown?.();
  const root = parentElement.querySelector(".countdown");
  root.lang = data.lang;
  for (const [name, text] of Object.entries(data.text)) {
    const place = root.querySelector(`[data-text=${name}]`);
    place.textContent = text;
    place.hidden = !text;
  }
  const link = root.querySelector("a");
  link.hidden = !data.show;
  link.href = data.href;
  link.dataset.show = data.show;
  root.querySelector(".clock").hidden = !data.end;

  const started = Date.now();
  let timer = null;
  if (data.end) {
    tick(root, data, started);
    timer = setInterval(() => tick(root, data, started), 1000);
  }
  parentElement.stopCountdown = () => clearInterval(timer);
  return parentElement.stopCountdown;
}
