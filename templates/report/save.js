/** A file that travels in the page, unpacked. */
async function unpack(name) {
  const packed = document.querySelector(`script[data-file="${CSS.escape(name)}"]`).textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const content = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(content).blob();
}

async function save(name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await unpack(name));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => save(button.dataset.save));
}
