"use strict";
// Keeps what is typed in the page's own data, and writes the page as a file. No network.
const data = document.getElementById("afterwhy-review");
const review = JSON.parse(data.textContent);
const fields = [...document.querySelectorAll("textarea[data-anchor]")];
const role = document.getElementById("role");
const said = document.getElementById("said");
let saved = true;

function fieldOf(comment) {
  return fields.find((f) => f.dataset.anchor === comment.anchor && f.dataset.section === comment.section);
}
role.value = review.role;
for (const comment of review.comments) {
  const field = fieldOf(comment);
  if (field) {
    field.value = comment.text;
    field.closest("details").open = true;
  }
}

function collected() {
  const comments = fields
    .filter((f) => f.value.trim() !== "")
    .map((f) => ({
      anchor: f.dataset.anchor, section: f.dataset.section, place: f.dataset.place, text: f.value,
    }));
  return JSON.stringify({ ...review, role: role.value.trim(), comments });
}
function kept() {
  data.textContent = collected().replace(/[<>&]/g, (c) => "\\u00" + c.charCodeAt(0).toString(16));
}
function touched() {
  saved = false;
  said.textContent = "";
}
for (const field of [role, ...fields]) field.addEventListener("input", touched);

document.getElementById("save").addEventListener("click", () => {
  kept();
  const copied = document.getElementById("copied");
  copied.hidden = true;
  copied.textContent = "";
  said.textContent = "";
  const page = "<!DOCTYPE html>\n" + document.documentElement.outerHTML + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = decodeURIComponent(location.pathname.split("/").pop() || "review.html");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  saved = true;
  said.textContent = "Saved where your browser keeps its downloads.";
});
document.getElementById("copy").addEventListener("click", async () => {
  const copied = document.getElementById("copied");
  copied.value = collected();
  copied.hidden = false;
  copied.focus();
  copied.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (error) {
    done = false;
  }
  saved = saved || done;
  said.textContent = done ? "Copied." : "Copy the text in the field below.";
});
window.addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
document.documentElement.dataset.ready = "yes";
