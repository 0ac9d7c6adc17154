// The time bar: the day looked at, chosen by slider, step, date field or play among the days on which something changed.
const STAYS = 900; // milliseconds that each day stays on the screen while the days play
const FOLLOWS = 250; // milliseconds after the last key or touch before the page follows
const LOOKS = 60; // milliseconds between two looks at whether the page is drawn
const NARROWEST = 38; // pixels between two years
const A_DAY = 86_400_000;

const iso = (time) => new Date(time).toISOString().slice(0, 10);
const drawn = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";

class Bar {
  constructor(root) {
    this.root = root;
    this.get = (selector) => root.querySelector(selector);
    this.slider = this.get("[type=range]");
    this.field = this.get("[type=date]");
    this.wanted = null; // the day that the page was asked for and has not drawn yet
    this.playing = false;
    this.slider.oninput = () => { this.stop(); this.tell(); this.known(); };
    this.slider.onchange = () => this.ask(FOLLOWS);
    this.field.onclick = () => this.field.showPicker?.();
    this.field.onchange = () => this.typed();
    for (const button of root.querySelectorAll("button")) button.onclick = () => this[button.dataset.do]();
    this.watch = new ResizeObserver(() => this.years());
    this.watch.observe(this.get(".line"));
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.stop(); }, { signal });
    document.addEventListener("click", (event) => { if (!this.get("[data-do=play]").contains(event.target)) this.stop(); }, { signal });
  }

  end() {
    this.stop();
    clearTimeout(this.later);
    this.watch.disconnect();
    this.listening.abort();
  }

  // What the page says now. While a later day is wanted than the page has, the slider stays where the visitor put it.
  draw(data, send) {
    this.send = send;
    this.data = data;
    this.fill(data);
    this.mark(data);
    if (data.day === this.wanted) this.wanted = null;
    if (!this.wanted) {
      this.slider.value = this.at(data.day);
      this.tell(data.day);
      this.get(".aloud").textContent = `${this.words(data.day)} · ${data.age}`;
    }
    this.known();
    this.root.classList.toggle("waits", Boolean(this.wanted));
    if (this.playing) this.goOn();
  }

  fill({ labels, field, first, last, age, changed, href }) {
    this.root.setAttribute("aria-label", labels.label);
    this.slider.setAttribute("aria-label", labels.slider);
    this.field.setAttribute("aria-label", field);
    [this.field.min, this.field.max] = [first, last];
    for (const name of ["back", "on"]) this.name(name, labels[name]);
    this.name("play", this.playing ? labels.pause : labels.play);
    this.get(".age").textContent = age;
    const link = this.get("a");
    [link.textContent, link.href] = [changed, href];
    this.get("[data-do=today]").textContent = labels.today;
  }

  name(button, words) {
    const found = this.get(`[data-do=${button}]`);
    found.title = words;
    found.setAttribute("aria-label", words);
  }

  // The days and, above the slider, a mark for each: the higher, the more changed.
  mark({ first, gaps, heights }) {
    if (this.marked === `${first} ${gaps} ${heights}`) return;
    this.marked = `${first} ${gaps} ${heights}`;
    let time = Date.parse(first);
    this.days = gaps.map((gap) => iso((time += gap * A_DAY)));
    this.slider.max = this.days.length - 1;
    this.get("svg").setAttribute("viewBox", `0 0 ${Math.max(this.days.length - 1, 1)} 9`);
    this.lines = [...heights].map((height, at) => `M${at} 9v-${height}`);
    this.get("path").setAttribute("d", this.lines.join(""));
    this.years();
  }

  years() {
    const line = this.get(".years");
    const end = this.days.length - 1;
    let right = -Infinity;
    line.replaceChildren();
    this.days.forEach((day, at) => {
      const left = (at / Math.max(end, 1)) * line.clientWidth;
      if (this.days[at - 1]?.slice(0, 4) === day.slice(0, 4) || left < right + NARROWEST || left > line.clientWidth - NARROWEST / 2) return;
      const year = document.createElement("span");
      [year.textContent, year.style.left] = [this.digits(day.slice(0, 4)), `${left}px`];
      line.append(year);
      right = left;
    });
  }

  // The marks up to the day looked at are dark.
  known() {
    const at = this.slider.valueAsNumber;
    this.get("path + path").setAttribute("d", this.lines.slice(0, at + 1).join(""));
  }

  at(day) {
    const after = this.days.findIndex((other) => other > day);
    return (after < 0 ? this.days.length : after) - 1;
  }

  digits(number) {
    return String(number).replace(/\d/g, (digit) => this.data.digits[digit]);
  }

  words(day) {
    const { now, then, last, months } = this.data;
    const [year, month, number] = day.split("-").map(Number);
    const said = months[month - 1].replace("{d}", this.digits(number)).replace("{y}", this.digits(year));
    return (day === last ? now : then).replace("{day}", said);
  }

  // Says a day, by default the slider's, wherever the bar shows one.
  tell(day = this.days[this.slider.value]) {
    this.get(".day b").textContent = this.words(day);
    this.slider.setAttribute("aria-valuetext", this.words(day));
    this.field.value = day;
    this.shown = day;
    this.get("[data-do=back]").disabled = day <= this.days[0];
    this.get("[data-do=on]").disabled = day >= this.data.last;
    this.get("[data-do=today]").hidden = day === this.data.last;
  }

  // Has the page follow to the day that the bar says.
  ask(after = 0) {
    clearTimeout(this.later);
    this.wanted = this.shown;
    this.later = setTimeout(() => {
      this.root.classList.add("waits");
      this.send("day", this.shown === this.data.last ? "" : this.shown);
    }, after);
  }

  to(at, after) {
    this.slider.value = at;
    this.tell();
    this.known();
    this.ask(after);
  }

  back() {
    const at = this.slider.valueAsNumber;
    this.to(this.shown > this.days[at] ? at : at - 1, FOLLOWS);
  }

  on() {
    this.to(this.slider.valueAsNumber + 1, FOLLOWS);
  }

  today() {
    this.to(this.days.length - 1);
    this.get("[type=range]").focus();
  }

  typed() {
    if (this.field.value && !this.field.validity.valid) return;
    this.stop();
    const day = this.field.value || this.data.last;
    this.slider.value = this.at(day);
    this.tell(day);
    this.known();
    this.ask();
  }

  play() {
    if (this.playing) return this.stop();
    this.playing = true;
    this.root.classList.add("plays");
    this.name("play", this.data.labels.pause);
    this.to(this.shown >= this.data.last ? 0 : this.slider.valueAsNumber + 1);
  }

  // Goes on to the next day when this one is drawn and has stayed for a while.
  goOn() {
    clearTimeout(this.next);
    if (this.wanted || !drawn()) this.next = setTimeout(() => this.goOn(), LOOKS);
    else if (this.shown >= this.data.last) this.stop();
    else this.next = setTimeout(() => this.to(this.slider.valueAsNumber + 1), STAYS);
  }

  stop() {
    clearTimeout(this.next);
    if (!this.playing) return;
    this.playing = false;
    this.root.classList.remove("plays");
    this.name("play", this.data.labels.play);
  }
}

// The page that is open is told as such, and is in view where the row of pages is too narrow for all.
function here(page) {
  document.querySelectorAll(".st-key-nav a").forEach((link, at) => {
    if (at === page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    const row = link.closest(".st-key-nav");
    if (at === page) row.scrollLeft += link.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
  });
}

export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const root = parentElement.querySelector(".time");
  if (!parentElement.bar || parentElement.bar.root !== root) {
    parentElement.bar?.end();
    parentElement.bar = new Bar(root);
    here(data.page);
  }
  parentElement.bar.draw(data, setTriggerValue);
  return () => {
    parentElement.bar?.end();
    parentElement.bar = null;
  };
}
