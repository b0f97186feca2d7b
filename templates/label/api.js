// What the page says to its server, and what it does when the answer does not come.

const PATIENCE = 20_000;

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? refusal(status));
    this.status = status;
    this.remedy = answer.remedy ?? "";
    this.answer = answer;
  }
}

/** No answer came. */
export class Unreachable extends Error {
  constructor() {
    super("The program does not answer.");
    this.remedy = "Start it again with the same command; this page goes on by itself.";
  }
}

function refusal(status) {
  return status === 404
    ? "The program does not know this address: it was started anew under another one. Open the address that it printed."
    : `The program refused this (${status}).`;
}

async function call(path, options) {
  let response;
  let answer;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    answer = await response.text();
  } catch {
    throw new Unreachable();
  }
  const parsed = parse(answer);
  if (!response.ok) throw new Refused(response.status, parsed ?? {});
  // An answer cut short is none: the program ended in the middle of it.
  if (parsed === null) throw new Unreachable();
  return parsed;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ask(path, query = {}) {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return call(`api/${path}?${new URLSearchParams(known)}`);
}

function tell(path, body) {
  return call(`api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const api = {
  session: () => ask("session"),
  next: (annotator, queue, after) => ask("next", { annotator, queue, after }),
  sentence: (id, annotator) => ask(`sentence/${id}`, { annotator }),
  suggestion: (id) => ask(`suggestion/${id}`),
  progress: (annotator) => ask("progress", { annotator }),
  curve: () => ask("curve"),
  search: (q, annotator) => ask("search", { q, annotator }),
  codebook: () => ask("codebook"),
  label: (label) => tell("label", label),
  undo: (annotator, request) => tell("undo", { annotator, request }),
};

/** Whether the same request may succeed later: nobody answered, or the disk is full. */
function passes(error) {
  return error instanceof Unreachable || (error instanceof Refused && error.status >= 500);
}

/** Repeats a call until it is answered; between two tries `trouble` tells the reader and waits. */
export async function patiently(request, trouble) {
  for (;;) {
    try {
      const answer = await request();
      trouble.clear();
      return answer;
    } catch (error) {
      if (!passes(error)) throw error;
      await trouble.wait(error);
    }
  }
}
