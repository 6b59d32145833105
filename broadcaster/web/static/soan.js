// What writing and listening do beyond their forms: every one of them works without this file.
"use strict";

// The sentence that is heard is marked, and a touch on a sentence's number of the sound goes there.
document.querySelectorAll("audio[data-spans]").forEach((audio) => {
  const spans = JSON.parse(audio.dataset.spans);
  let now = null;
  audio.addEventListener("timeupdate", () => {
    const at = audio.currentTime * 1000;
    const span = spans.find(([start, end]) => start <= at && at < end);
    const line = span ? document.getElementById(`cau-${span[2]}`) : null;
    if (line === now) return;
    if (now) now.classList.remove("heard");
    if (line) { line.classList.add("heard"); line.scrollIntoView({ block: "nearest" }); }
    now = line;
  });
});

// Any written word can be touched when it is read wrongly; marked ones are links anyway.
document.querySelectorAll("[data-word]").forEach((list) => {
  list.querySelectorAll(".written").forEach((line) => { line.dataset.live = ""; });
  list.addEventListener("click", (event) => {
    const line = event.target.closest(".written");
    if (!line || event.target.closest("a") || !document.caretRangeFromPoint) return;
    const range = document.caretRangeFromPoint(event.clientX, event.clientY);
    if (!range || range.startContainer.nodeType !== Node.TEXT_NODE) return;
    const text = range.startContainer.data;
    const before = text.slice(0, range.startOffset).match(/[^\s]*$/)[0];
    const after = text.slice(range.startOffset).match(/^[^\s]*/)[0];
    const word = (before + after).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    if (word) location.href = list.dataset.word + encodeURIComponent(word);
  });
});

// A file can be dropped on the form that takes it.
document.querySelectorAll("form[data-drop]").forEach((form) => {
  const input = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
});

// The browser records where it may; where it refuses, the telephone's own recorder stays.
document.querySelectorAll("form[data-microphone]").forEach((form) => {
  if (!navigator.mediaDevices || !window.MediaRecorder) return;
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector(".recorder");
  const button = form.querySelector("[data-record]");
  const time = form.querySelector("[data-time]");
  const player = box.querySelector("audio");
  let recorder = null;
  let ticking = 0;
  box.hidden = false;
  const show = (busy) => {
    button.querySelector("[data-idle]").hidden = busy;
    button.querySelector("[data-busy]").hidden = !busy;
  };
  const keep = (parts, type) => {
    const sound = new File(parts, "thu-am", { type });
    const files = new DataTransfer();
    files.items.add(sound);
    input.files = files.files;
    player.src = URL.createObjectURL(sound);
    player.hidden = false;
  };
  button.addEventListener("click", async () => {
    if (recorder && recorder.state === "recording") { recorder.stop(); return; }
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); }
    catch { box.hidden = true; form.querySelector("[data-phone] input").focus(); return; }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      clearInterval(ticking);
      show(false);
      keep(parts, recorder.mimeType);
    });
    const began = Date.now();
    recorder.start();
    show(true);
    ticking = setInterval(() => {
      const s = Math.floor((Date.now() - began) / 1000);
      time.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    }, 500);
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
