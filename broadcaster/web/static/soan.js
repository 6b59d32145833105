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

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
