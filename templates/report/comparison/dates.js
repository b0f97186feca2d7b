// One name among many on the chart by date.

const who = document.querySelector("[name=who]");
who?.addEventListener("change", () => {
  for (const mark of document.querySelectorAll(".calendar [data-row]")) {
    const chosen = mark.dataset.row === who.value;
    mark.classList.toggle("dim", who.value !== "" && !chosen);
    if (chosen) mark.parentElement.append(mark);
  }
});
