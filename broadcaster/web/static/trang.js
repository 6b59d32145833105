// What the pages do beyond their forms; every one of them works without this file.
"use strict";

// -- Hôm nay: the clock, the place in the programme, the time that is left -----------------------

const two = (number) => String(number).padStart(2, "0");
const minutes = (seconds) => `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;
const clock = document.querySelector("[data-now]");
// the station's clock counts, not the phone's
const ahead = clock ? Date.parse(clock.dataset.now) - Date.now() : 0;
const here = (date) => new Date(date.getTime() + 7 * 3600e3); // Asia/Ho_Chi_Minh, without daylight saving

function tick() {
  const now = new Date(Date.now() + ahead);
  clock.textContent = here(now).toISOString().slice(11, 19);
  for (const place of document.querySelectorAll("[data-position]")) {
    place.seen ??= Date.now();
    place.textContent = minutes((Number(place.dataset.position) + Date.now() - place.seen) / 1000);
  }
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, (Date.parse(left.dataset.until) - now) / 1000);
    const hours = Math.floor(seconds / 3600);
    const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds % 60))}`;
    const time = `${hours ? `${hours}:` : ""}${rest}`;
    left.textContent = seconds < 86400 ? left.dataset.words.replace("{time}", time) : "";
  }
}

// -- never look alive when nothing is heard of the station ---------------------------------------

const SILENT_MS = 6000;
let heardAt = Date.now();

function listenForLife() {
  const lost = document.getElementById("lost");
  const board = document.getElementById("dang-phat");
  document.body.addEventListener("htmx:sseBeforeMessage", (event) => {
    const beats = event.detail.type === "nhip";
    heardAt = Date.now();
    // an empty beat: the page answers, but the transmitter does not; the board says so itself
    if (beats && !event.detail.data) event.preventDefault();
  });
  setInterval(() => {
    const isLost = Date.now() - heardAt > SILENT_MS;
    lost.hidden = !isLost;
    board.classList.toggle("lost", isLost);
  }, 1000);
}

if (clock) {
  tick();
  setInterval(tick, 1000);
  if (document.getElementById("lost")) listenForLife();
}

// -- hold a button for three seconds --------------------------------------------------------------

for (const button of document.querySelectorAll("[data-hold]")) {
  const HOLD_MS = 3000;
  let timer = 0;
  const begin = (event) => {
    if (event.type === "keydown" && (event.repeat || ![" ", "Enter"].includes(event.key))) return;
    event.preventDefault();
    clearTimeout(timer);
    button.classList.add("held");
    timer = setTimeout(() => button.form.requestSubmit(), HOLD_MS);
  };
  const end = () => {
    clearTimeout(timer);
    button.classList.remove("held");
  };
  button.type = "button";
  button.textContent = button.dataset.hold;
  button.addEventListener("pointerdown", begin);
  button.addEventListener("keydown", begin);
  for (const name of ["pointerup", "pointerleave", "pointercancel", "keyup", "blur"]) {
    button.addEventListener(name, end);
  }
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}

// -- record with the microphone -------------------------------------------------------------------

for (const form of document.querySelectorAll("[data-recorder]")) {
  if (!window.MediaRecorder || !navigator.mediaDevices) continue; // the file field stays
  const file = form.querySelector("input[type=file]");
  const box = form.querySelector(".recorder");
  const [button, time, player] = ["[data-record]", "[data-time]", "audio"].map((s) => box.querySelector(s));
  let running = null;
  let ticking = 0;
  box.hidden = false;
  const show = (busy) => {
    button.querySelector("[data-idle]").hidden = busy;
    button.querySelector("[data-busy]").hidden = !busy;
  };
  const keep = (parts, type) => {
    const taken = new DataTransfer();
    taken.items.add(new File(parts, "thu-am", { type }));
    file.files = taken.files;
    player.src = URL.createObjectURL(taken.files[0]);
    player.hidden = false;
  };
  button.addEventListener("click", async () => {
    if (running) {
      running.stop();
      return;
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      box.hidden = true; // the browser refuses: the phone's own recorder does it
      file.focus();
      return;
    }
    const parts = [];
    const began = Date.now();
    running = new MediaRecorder(stream);
    running.addEventListener("dataavailable", (event) => parts.push(event.data));
    running.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      clearInterval(ticking);
      keep(parts, running.mimeType);
      running = null;
      show(false);
    });
    running.start();
    show(true);
    ticking = setInterval(() => {
      time.textContent = minutes((Date.now() - began) / 1000);
    }, 500);
  });
}
