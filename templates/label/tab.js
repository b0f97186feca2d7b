// What this tab keeps over a reload: who reads, the settings, and labels that are not on disk yet.

const room = location.pathname;

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(`${room} ${name}`));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(`${room} ${name}`);
    else sessionStorage.setItem(`${room} ${name}`, JSON.stringify(value));
  } catch {
    // A tab without storage works too; it only forgets on reload.
  }
}

export const tab = {
  annotator: () => read("annotator"),
  keepAnnotator: (name) => write("annotator", name),

  queue: () => read("queue"),
  keepQueue: (queue) => write("queue", queue),

  settings: () => ({ confirm: false, compare: true, keys: true, ...read("settings") }),
  keepSettings: (settings) => write("settings", settings),

  /** The label that was sent and not yet answered. */
  unsent: () => read("unsent"),
  keepUnsent: (label) => write("unsent", label),

  /** What was chosen for a sentence and never sent. */
  draft: (annotator, sentence) => read("drafts")?.[`${sentence} ${annotator}`] ?? null,
  keepDraft(annotator, sentence, draft) {
    const drafts = read("drafts") ?? {};
    if (draft === null) delete drafts[`${sentence} ${annotator}`];
    else drafts[`${sentence} ${annotator}`] = draft;
    write("drafts", drafts);
  },
};
