// The practice room: phones that show what the server tells them, and tell it what was done.

const table = document.querySelector("main");
const tabs = document.querySelector(".tabs");
const toast = document.querySelector(".toast");
const run = table.dataset.run;
const phones = new Map();
const oneAtATime = matchMedia("(max-width: 719px)");
const thumbs = matchMedia("(hover: none) and (pointer: coarse)");
// The seeded group lives in Langkat: clocks are its own, as the days in its messages are.
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" });
const connecting = "Menyambung lagi…";
const largestPhoto = 2 * 1024 * 1024;
let live = false;
let awaited = "";

// Small helpers

function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-" + name);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) =>
    one.toString(16).padStart(2, "0")).join("");
}

function tell(words, seconds = 5) {
  clearTimeout(tell.timer);
  toast.textContent = words;
  toast.classList.toggle("shown", Boolean(words));
  if (words && seconds) tell.timer = setTimeout(tell, seconds * 1000, "");
}

// `*bold*` and addresses; everything else is plain text.
function dress(text) {
  const whole = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(/\*([^*\n]+)\*|https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g)) {
    whole.append(text.slice(from, found.index));
    if (found[1]) {
      whole.append(make("strong", "", found[1]));
    } else {
      const link = make("a", "", found[0]);
      link.href = found[0];
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      whole.append(link);
    }
    from = found.index + found[0].length;
  }
  whole.append(text.slice(from));
  return whole;
}

const plain = (text) => text.replaceAll("*", "").replace(/\s+/g, " ").slice(0, 120);

// To the server: the same id until it has answered, so that nothing happens twice.

async function post(path, body, type = "application/json") {
  for (const pause of [400, 1200, 2400, 0]) {
    let answer;
    try {
      answer = await fetch(path, { method: "POST", headers: { "Content-Type": type }, body });
    } catch {
      answer = null;
    }
    if (answer?.ok) return answer.json();
    if (answer && answer.status < 500) {
      const said = await answer.json().catch(() => ({}));
      throw Object.assign(new Error(said.error || "Belum bisa dikirim."), { final: true });
    }
    if (pause) await new Promise((done) => setTimeout(done, pause));
  }
  throw new Error("Belum terkirim. Sambungannya sedang tersendat.");
}

const send = (path, body) => post(path, JSON.stringify(body));

// One phone

class Phone {
  constructor(element) {
    this.element = element;
    this.address = element.dataset.address;
    this.name = element.dataset.name;
    this.talk = element.querySelector(".talk");
    this.lines = element.querySelector(".lines");
    this.form = element.querySelector(".write");
    this.box = element.querySelector("textarea");
    this.quote = element.querySelector(".quote");
    this.hint = element.querySelector(".try");
    this.shown = new Map();
    this.mine = new Map();
    this.queue = Promise.resolve();
    this.atEnd = true;
    this.unread = 0;
    this.replying = null;
    this.role = element.querySelector("header p").textContent;
    this.tab = make("button", "", this.name, make("i"), make("small", "", this.role.split(" ")[0]));
    this.tab.type = "button";
    this.tab.dataset.tint = element.dataset.tint;
    this.tab.addEventListener("click", () => choose(this));
    tabs.append(this.tab);
    this.listen();
    this.stay();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(this.box.value);
      this.box.value = "";
      this.grow();
      this.box.focus();
    });
    this.box.addEventListener("input", () => this.grow());
    this.box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey && !thumbs.matches) {
        event.preventDefault();
        this.form.requestSubmit();
      } else if (event.key === "ArrowUp" && !this.box.value) {
        event.preventDefault();
        this.replyBefore();
      } else if (event.key === "Escape") {
        this.reply(null);
      }
    });
    this.quote.querySelector("button").addEventListener("click", () => this.reply(null));
    const file = this.form.querySelector("input");
    file.addEventListener("change", () => {
      if (file.files[0]) this.sendPhoto(file.files[0]);
      file.value = "";
    });
    this.element.querySelectorAll(".tip").forEach((tip) =>
      tip.addEventListener("click", (event) => {
        this.say(tip.textContent);
        if (!event.detail) this.box.focus();
      }));
  }

  // The last message stays in sight (a picture arrives, the box grows, a keyboard opens) until
  // she scrolls up.
  stay() {
    const watch = new ResizeObserver(() => this.atEnd && this.down());
    watch.observe(this.talk);
    watch.observe(this.lines);
    let before = 0;
    this.talk.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = this.talk;
      const near = scrollHeight - scrollTop - clientHeight < 60;
      this.atEnd = near || (this.atEnd && scrollTop >= before);
      before = scrollTop;
    }, { passive: true });
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = Math.min(this.box.scrollHeight + 2, 132) + "px";
  }

  reply(line) {
    this.replying = line;
    this.quote.hidden = !line;
    this.quote.querySelector("p").textContent = line ? plain(line.text) || "Foto" : "";
  }

  replyBefore() {
    const theirs = [...this.shown.values()].filter((line) => !line.hers);
    const at = this.replying ? theirs.findIndex((line) => line.id === this.replying.id) : theirs.length;
    if (at > 0) this.reply(theirs[at - 1]);
  }

  // What she does

  say(words) {
    words = words.trim();
    if (!words) return;
    const line = { key: freshId(), text: words, reply_to: this.replying?.id ?? null };
    this.reply(null);
    this.hand(line, () => send("/practice/say",
      { id: line.key, address: this.address, words, reply_to: line.reply_to }));
  }

  async sendPhoto(file) {
    const photo = await smaller(file);
    if (photo.size > largestPhoto) return tell("Fotonya terlalu besar. Coba yang di bawah 2 MB.");
    const line = { key: freshId(), text: "", picture: URL.createObjectURL(photo) };
    const where = new URLSearchParams({ id: line.key, address: this.address });
    this.hand(line, () => post("/practice/photo?" + where, photo, photo.type));
  }

  // Show it at once, send it in order, and offer to try again when the way is blocked.
  hand(line, deliver) {
    const element = this.draw({ ...line, hers: true, buttons: [], at: new Date().toISOString() });
    element.classList.add("waiting");
    this.mine.set(line.key, element);
    this.hint.hidden = true;
    this.lines.append(element);
    this.down();
    const attempt = async () => {
      element.querySelector(".unsent")?.remove();
      try {
        await deliver();
      } catch (trouble) {
        if (!this.mine.has(line.key)) return;
        if (trouble.final) {
          this.mine.delete(line.key);
          element.remove();
          this.box.value ||= line.text;
          return tell(trouble.message);
        }
        const again = make("button", "unsent", "Belum terkirim · coba lagi");
        again.type = "button";
        again.addEventListener("click", () => { this.queue = this.queue.then(attempt); });
        element.append(again);
      }
    };
    this.queue = this.queue.then(attempt);
  }

  async press(line, button, element, byKey) {
    const all = element.querySelectorAll(".choices button");
    const stays = button[1].startsWith("=");
    if (!stays) all.forEach((one) => { one.disabled = true; });
    try {
      await send("/practice/press",
        { id: freshId(), address: this.address, line: line.id, pressed: button[1] });
      if (byKey) this.box.focus();
    } catch (trouble) {
      tell(trouble.message);
      all.forEach((one) => { one.disabled = false; });
    }
  }

  // What is shown

  show(line) {
    const known = this.lines.querySelector(`[data-id="${line.id}"]`);
    const element = this.draw(line);
    this.shown.set(line.id, line);
    this.hint.hidden = true;
    if (known) {
      element.classList.add("still");
      known.replaceWith(element);
    } else {
      const mine = this.mine.get(line.key);
      if (mine) element.classList.add("still");
      mine?.remove();
      this.mine.delete(line.key);
      this.place(element, line.id);
      if (live && !line.hers && oneAtATime.matches && !this.element.classList.contains("here")) {
        this.count(this.unread + 1);
      }
    }
    if (this.atEnd || !live || (line.hers && !known)) this.down();
  }

  place(element, id) {
    const later = [...this.lines.children].findLast((one) => Number(one.dataset.id || Infinity) < id);
    if (later) later.after(element);
    else this.lines.prepend(element);
  }

  draw(line) {
    const bubble = make("div", line.text || line.qr ? "bubble" : "bubble bare");
    const element = make("li", "line " + (line.hers ? "hers" : "ours"), bubble);
    if (line.id) element.dataset.id = line.id;
    bubble.append(make("span", "aside", (line.hers ? this.name : "Pendamping") + ": "));
    const cited = this.shown.get(line.reply_to);
    if (cited) bubble.append(make("span", "cited", plain(cited.text) || "Foto"));
    if (/\.(?!png|jpe?g|webp|gif)\w+$/.test(line.photo)) {
      const file = make("a", "file", "Simpan dokumen");
      file.href = "/practice/photo/" + line.photo;
      file.download = "";
      bubble.append(file);
    } else if (line.photo || line.picture) {
      bubble.append(this.image("picture", line.picture || "/practice/photo/" + line.photo, "Foto"));
    }
    if (line.qr) bubble.append(this.image("qr", "/practice/qr/" + line.id, "Kode QR undangan"));
    bubble.append(line.hers ? line.text : dress(line.text));
    const time = make("time", "", clock.format(new Date(line.at)));
    time.dateTime = line.at;
    bubble.append(make("span", "foot", time));
    if (!line.hers) bubble.append(this.replyButton(line));
    if (line.chosen) element.append(make("p", "chosen", make("span", "aside", "Dipilih: "), line.chosen));
    else if (line.buttons.length) element.append(this.choices(line, element));
    return element;
  }

  image(name, address, alt) {
    const image = make("img", name);
    image.alt = alt;
    image.src = address;
    return image;
  }

  replyButton(line) {
    const button = make("button", "round answer", icon("reply"));
    button.type = "button";
    button.tabIndex = -1;
    button.ariaLabel = "Balas pesan ini";
    button.addEventListener("click", () => {
      this.reply(line);
      this.box.focus();
    });
    return button;
  }

  choices(line, element) {
    const choices = make("div", "choices");
    for (const button of line.buttons) {
      const one = make("button", "", button[0]);
      one.type = "button";
      one.addEventListener("click", (event) => this.press(line, button, element, !event.detail));
      choices.append(one);
    }
    return choices;
  }

  down() {
    this.talk.scrollTop = this.talk.scrollHeight;
    this.atEnd = true;
  }

  count(unread) {
    this.unread = unread;
    this.tab.querySelector("i").textContent = unread || "";
    this.tab.ariaLabel = `${this.name}, ${this.role}` + (unread ? `, ${unread} pesan baru` : "");
  }
}

// A phone's camera makes more than prepaid data likes: at most 1600 points, as JPEG.
async function smaller(file) {
  if (file.type === "image/gif") return file;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, 1600 / Math.max(image.width, image.height));
    if (scale === 1 && file.size < 300_000) return file;
    const canvas = make("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

// The table

function choose(phone) {
  for (const one of phones.values()) {
    const here = one === phone;
    one.element.classList.toggle("here", here);
    if (here) one.tab.setAttribute("aria-current", "true");
    else one.tab.removeAttribute("aria-current");
  }
  phone.count(0);
  phone.down();
  phone.tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  try { sessionStorage.setItem("phone", phone.address); } catch { /* only a convenience */ }
}

function lay(element) {
  const phone = new Phone(element);
  phones.set(phone.address, phone);
  return phone;
}

function addPhone({ address, name, short }) {
  const element = document.getElementById("blank").content.firstElementChild.cloneNode(true);
  element.dataset.address = address;
  element.dataset.name = name;
  element.ariaLabel = "HP " + name;
  element.querySelector("h2").textContent = name;
  element.querySelector(".face").textContent = short;
  element.querySelector(".talk").ariaLabel = "Percakapan " + name;
  element.querySelector("textarea").ariaLabel = "Tulis pesan dari HP " + name;
  element.querySelector("input").ariaLabel = "Kirim foto dari HP " + name;
  table.append(element);
  return lay(element);
}

function meet(address) {
  const phone = phones.get(address);
  if (!phone || address !== awaited) return;
  awaited = "";
  choose(phone);
  phone.element.scrollIntoView({ inline: "center", block: "nearest" });
  if (!thumbs.matches) phone.box.focus({ preventScroll: true });
}

table.querySelectorAll(".phone").forEach(lay);
let last = "";
try { last = sessionStorage.getItem("phone"); } catch { /* only a convenience */ }
choose(phones.get(last) ?? phones.values().next().value);

document.getElementById("more").addEventListener("click", async () => {
  try {
    awaited = (await send("/practice/phone", {})).address;
    meet(awaited);
  } catch (trouble) {
    tell(trouble.message);
  }
});

const sure = document.getElementById("sure");
document.getElementById("again").addEventListener("click", () => {
  sure.returnValue = "no";
  sure.showModal();
});
sure.addEventListener("close", async () => {
  if (sure.returnValue !== "yes") return;
  try {
    await send("/practice/again", { run });
    reload();
  } catch (trouble) {
    tell(trouble.message);
  }
});

document.addEventListener("keydown", (event) => {
  const phone = event.altKey && [...phones.values()][Number(event.key) - 1];
  if (!phone) return;
  event.preventDefault();
  choose(phone);
  phone.box.focus();
});

let leaving = false;
function reload() {
  if (!leaving) location.reload();
  leaving = true;
}

// From the server

function connect() {
  const events = new EventSource("/practice/events?run=" + run);
  let lost;
  events.addEventListener("open", () => {
    clearTimeout(lost);
    if (toast.textContent === connecting) tell("");
  });
  events.addEventListener("error", () => {
    clearTimeout(lost);
    lost = setTimeout(tell, 2500, connecting, 0);
    if (events.readyState === EventSource.CLOSED) {
      events.close();
      setTimeout(connect, 3000);
    }
  });
  events.addEventListener("phones", (event) => {
    for (const one of JSON.parse(event.data)) if (!phones.has(one.address)) addPhone(one);
    meet(awaited);
  });
  events.addEventListener("lines", (event) => {
    for (const line of JSON.parse(event.data)) phones.get(line.address)?.show(line);
  });
  events.addEventListener("ready", () => {
    live = true;
    document.body.classList.add("live");
    document.querySelectorAll(".talk").forEach((talk) => { talk.ariaLive = "polite"; });
  });
  events.addEventListener("again", reload);
}
connect();
