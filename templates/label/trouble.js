// The bar that says what went wrong, and waits with the reader.

import { byId } from "./element.js";

const PAUSE = 2_000;

function say(error) {
  byId("trouble-words").textContent = error.message;
  byId("trouble-remedy").textContent = error.remedy ?? "";
  byId("trouble").hidden = false;
}

/** Ends the wait, while there is one. */
let tryAgain = null;

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
      tryAgain = () => {
        clearTimeout(timer);
        done();
      };
      byId("again").onclick = tryAgain;
    });
  },

  /** Tries again at once; false if nothing waits. */
  hurry() {
    tryAgain?.();
    return tryAgain !== null;
  },

  clear() {
    tryAgain = null;
    byId("trouble").hidden = true;
  },
};
