// The reader's way through the sentences: choose, save, go on.

import { api, patiently, Refused } from "./api.js";
import { lookAhead } from "./ahead.js";
import { markSentence, showArticle } from "./article.js";
import { foldNote, hintFor, offerHolder, showChoices, showPlace } from "./choices.js";
import { deliver } from "./delivery.js";
import { choose, draftOf, inWords, isComplete, isEmpty, isReported, same } from "./draft.js";
import { byId } from "./element.js";
import { showProgress } from "./progress.js";
import { showReadings } from "./readings.js";
import { differences, showSuggestion } from "./suggestion.js";
import { tab } from "./tab.js";
import { trouble } from "./trouble.js";

export class Flow {
  constructor(session, annotator) {
    this.session = session;
    this.annotator = annotator;
    this.queue = [tab.queue(), session.queue].find((id) => session.queues.some((queue) => queue.id === id)) ?? session.queues[0].id;
    this.settings = tab.settings();
    this.view = null;
    this.draft = draftOf(null);
    this.suggestion = null;
    this.ahead = null;
    this.justSaved = null;
    this.asked = session.suggest;
    this.busy = false;
    this.working = Promise.resolve();
    this.onProgress = () => {};
  }

  /** Runs one step at a time: what is pressed while the server is at work is not meant for the next sentence. */
  step(work) {
    if (!this.busy) this.working = this.run(work);
    return this.working;
  }

  async run(work) {
    this.setBusy(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.show(error);
    } finally {
      this.setBusy(false);
      this.refresh();
    }
  }

  setBusy(busy) {
    this.busy = busy;
    byId("article").setAttribute("aria-busy", String(busy));
  }

  get sets() {
    return this.session.sets;
  }

  get isSaved() {
    return this.view?.label ? isComplete(draftOf(this.view.label), this.sets) : false;
  }

  get isChanged() {
    return !same(this.draft, draftOf(this.view.label));
  }

  // What is shown.

  refresh() {
    if (!this.view) return;
    showChoices(this.draft, this.session);
    const state = { saved: this.isSaved, changed: this.isChanged, confirm: this.settings.confirm, busy: this.busy };
    showPlace(this.view, this.session.sentences, hintFor(this.draft, this.session, state));
    this.showSuggestion();
  }

  showSuggestion() {
    const chosen = (name) => this.draft.labels[name] !== undefined && this.settings.compare;
    byId("suggestion").setAttribute("aria-pressed", String(this.asked));
    showSuggestion(this.suggestion, (name) => this.asked || chosen(name), this.asked);
  }

  showDone(progress) {
    showProgress(progress, this.sets);
    this.onProgress(progress);
  }

  say(words) {
    byId("said").textContent = words;
  }

  // Where the reader goes.

  async show(id) {
    this.display(await patiently(() => api.sentence(id, this.annotator), trouble));
  }

  display(view) {
    const { id } = view;
    const kept = tab.draft(this.annotator, id);
    this.view = view;
    this.draft = draftOf(view.label);
    if (kept && !same(kept.draft, this.draft)) {
      this.draft = kept.draft;
      this.view.revision = kept.revision;
    }
    this.suggestion = null;
    this.asked = this.session.suggest;
    history.replaceState(null, "", `#${id + 1}`);
    foldNote(this.draft);
    showArticle(view, this.sets[0]);
    // What was fetched ahead does not know of it yet.
    if (this.justSaved) markSentence(...this.justSaved);
    showReadings(view.readings, this.sets);
    this.say(`Sentence ${id + 1} of ${this.session.sentences}.`);
    this.ahead = lookAhead(this.annotator, this.queue, id);
    if (this.asked || !isEmpty(this.draft)) this.fetchSuggestion();
  }

  /** A place is meant whatever is under way: it is gone to after that. */
  async go(id) {
    const known = Number.isInteger(id) && id >= 0 && id < this.session.sentences;
    if (!known) return;
    await this.working;
    await this.step(() => this.show(id));
  }

  async walk(steps) {
    await this.working;
    await this.go(this.view.id + steps);
  }

  /** The next sentence of the queue; `after` is the one the reader leaves. */
  async goOn(after) {
    const fetched = this.ahead?.fits(this.queue, after) ? await this.ahead.wait() : null;
    if (fetched) return this.display(fetched);
    const next = (from) => patiently(() => api.next(this.annotator, this.queue, from), trouble);
    const ahead = await next(after);
    // At the end of the queue it starts again with what was left open on the way.
    const { sentence } = ahead.sentence === null && after !== undefined ? await next() : ahead;
    if (sentence !== null) return this.show(sentence);
    this.say("Every sentence of this queue is labelled.");
    byId("last").textContent = "Every sentence of this queue is labelled. Choose another queue (o), or look over your labels.";
    return after === undefined ? this.show(this.view?.id ?? 0) : this.show(after);
  }

  start() {
    const asked = Number(location.hash.slice(1));
    const known = Number.isInteger(asked) && asked >= 1 && asked <= this.session.sentences;
    return this.step(async () => {
      this.showDone(await patiently(() => api.progress(this.annotator), trouble));
      const unsent = tab.unsent();
      if (unsent?.annotator === this.annotator) await this.send(unsent);
      await (known ? this.show(asked - 1) : this.goOn());
    });
  }

  resume() {
    return this.step(() => this.goOn(this.view.id));
  }

  switchQueue(queue) {
    this.queue = queue;
    tab.keepQueue(queue);
    return this.step(() => this.goOn());
  }

  // What the reader chooses.

  change(draft) {
    if (this.busy || !this.view) return;
    this.draft = draft;
    const unchanged = same(draft, draftOf(this.view.label));
    tab.keepDraft(this.annotator, this.view.id, unchanged ? null : { draft, revision: this.view.revision });
    this.refresh();
  }

  choose(set, label) {
    if (this.busy) return undefined;
    this.change(choose(this.draft, set, label));
    return this.settle();
  }

  takeReading(place) {
    const reading = this.view?.readings?.[place];
    if (this.busy || !reading) return undefined;
    this.change({ ...this.draft, labels: { ...reading.labels }, holder: reading.holder ?? "" });
    return this.settle();
  }

  /** Saves when nothing is wanted any more; a label that stood on disk before waits for Enter. */
  settle() {
    const complete = isComplete(this.draft, this.sets);
    const nameless = this.session.holders && isReported(this.draft, this.session.voice) && !this.draft.holder;
    if (complete && !nameless && !this.isSaved && !this.settings.confirm) return this.save();
    if (complete && nameless) byId("holder").focus();
    this.fetchSuggestion();
    return undefined;
  }

  /** The reader is done with a text field, and means it to be saved. */
  leaveField() {
    return isComplete(this.draft, this.sets) && this.isChanged ? this.save() : this.refresh();
  }

  async fetchSuggestion() {
    const { id } = this.view;
    if (this.suggestion || !(this.asked || this.settings.compare)) return;
    try {
      const suggestion = await api.suggestion(id);
      // The reader may have gone on meanwhile.
      if (this.view.id === id) this.suggestion = suggestion;
      offerHolder(suggestion.holder);
      this.showSuggestion();
    } catch (error) {
      // Nobody's work depends on it: it is worth a word only to those who asked.
      if (this.asked) byId("last").textContent = error.message;
    }
  }

  toggleSuggestion() {
    this.asked = !this.asked;
    this.fetchSuggestion();
    this.refresh();
  }

  // What is saved.

  save() {
    if (isEmpty(this.draft) || (this.isSaved && !this.isChanged)) return this.resume();
    return this.store(this.draft, false);
  }

  skip() {
    if (this.isSaved) return this.resume();
    return this.store({ ...draftOf(null), note: this.draft.note, unsure: this.draft.unsure }, true);
  }

  store(draft, skipped) {
    const { id, revision } = this.view;
    const holder = isReported(draft, this.session.voice) ? draft.holder : "";
    const label = { annotator: this.annotator, sentence: id, ...draft, holder, skipped, revision, request: crypto.randomUUID() };
    return this.step(async () => {
      this.refresh();
      await this.send(label);
      await this.goOn(id);
    });
  }

  async send(label) {
    const saved = await deliver(label, this.sets);
    tab.keepDraft(this.annotator, label.sentence, null);
    if (saved) this.stored(label, saved);
  }

  stored(label, saved) {
    offerHolder(label.holder);
    const first = this.sets[0].labels.find((known) => known.name === label.labels[this.sets[0].name]);
    this.justSaved = [label.sentence, Object.keys(label.labels).length > 0, first];
    this.showDone(saved.progress);
    this.showLast(label);
  }

  showLast(label) {
    const words = [`Saved ${label.sentence + 1}: ${inWords(label, this.sets)}`];
    if (this.suggestion && this.settings.compare && !label.skipped) words.push(differences(this.suggestion, label.labels));
    byId("last").textContent = words.join(" · ");
    this.say(words[0]);
  }

  /** Takes back what is chosen and not saved; after that the last label that was saved. */
  undo() {
    if (this.busy || !this.view) return undefined;
    if (this.isChanged) {
      this.change(draftOf(this.view.label));
      return undefined;
    }
    return this.step(async () => {
      this.justSaved = null;
      const request = crypto.randomUUID();
      const answer = await patiently(() => api.undo(this.annotator, request), trouble);
      this.showDone(answer.progress);
      const words = answer.undone === null ? "There is nothing to take back." : `Taken back: the last change of sentence ${answer.undone + 1}`;
      if (answer.undone !== null) await this.show(answer.undone);
      byId("last").textContent = words;
      this.say(words);
    });
  }
}
