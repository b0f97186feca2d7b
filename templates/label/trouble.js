// The bar that says what went wrong, and waits with the reader.

import { byId } from "./element.js";

const PAUSE = 2_000;

function say(error) {
  byId("trouble-words").textContent = error.message;
  byId("trouble-remedy").textContent = error.remedy ?? "";
  byId("trouble").hidden = false;
}

export const trouble = {
  /** Shows an error that only the reader can mend. */
  show(error) {
    say(error);
    byId("again").hidden = true;
  },

  /** Shows an error that may pass; done after a pause, or as soon as the reader asks for another try. */
  wait(error) {
    say(error);
    byId("again").hidden = false;
    return new Promise((done) => {
      const timer = setTimeout(done, PAUSE);
      byId("again").onclick = () => {
        clearTimeout(timer);
        done();
      };
    });
  },

  clear() {
    byId("trouble").hidden = true;
  },
};
