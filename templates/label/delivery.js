// A label on its way to the disk.

import { api, patiently, Refused } from "./api.js";
import { decide } from "./conflict.js";
import { tab } from "./tab.js";
import { trouble } from "./trouble.js";

/** What the server says once the label is on disk; null if the reader prefers the one of another tab. */
export async function deliver(label, sets) {
  // A reload before the answer finds the label here and sends it again; the server stores a request once.
  tab.keepUnsent(label);
  try {
    return await patiently(() => api.label(label), trouble);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
    const { label: other, revision } = error.answer;
    const mine = { ...label, revision, request: crypto.randomUUID() };
    return (await decide(label, other, sets)) ? await deliver(mine, sets) : null;
  } finally {
    tab.keepUnsent(null);
  }
}
