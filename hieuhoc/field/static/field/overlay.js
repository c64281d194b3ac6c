// What the screen shows: the server's last word with the box's envelopes laid over it. Pure.

/** @typedef {import("./types.js").Subject} Subject */
/** @typedef {import("./types.js").Dossier} Dossier */
/** @typedef {import("./types.js").Boxed} Boxed */
/** @typedef {import("./types.js").Photo} Photo */
/** @typedef {import("./types.js").Envelope} Envelope */
/** @typedef {Subject & {unsent?: boolean}} SeenSubject */
/** @typedef {{subjects: Map<string, SeenSubject>, dossiers: Map<string, Dossier>, unsent: Map<string, number>}} View */

/** @param {number} round @param {string} subject */
export const at = (round, subject) => `${round}:${subject}`;

/**
 * Lay the box over what the server said; neither is changed.
 * @param {{subjects: Iterable<Subject>, dossiers: Iterable<Dossier>, place?: number}} server
 * @param {Boxed[]} box in the order the envelopes were made
 * @returns {View}
 */
export function overlay(server, box) {
  /** @type {View} */
  const view = { subjects: new Map(), dossiers: new Map(), unsent: new Map() };
  for (const subject of server.subjects) view.subjects.set(subject.id, subject);
  for (const dossier of server.dossiers) view.dossiers.set(at(dossier.round, dossier.subject), dossier);
  for (const { body } of box) {
    if (server.place !== undefined && body.place !== server.place) continue;
    if (body.subject) view.unsent.set(body.subject, (view.unsent.get(body.subject) ?? 0) + 1);
    LAY[body.kind]?.(view, body);
  }
  return view;
}

/** @type {Record<string, (view: View, body: Envelope) => void>} */
const LAY = {
  subject: (view, body) => {
    const id = body.subject ?? "";
    const about = Number(body.details?.members) ? `${body.details?.members} khẩu` : "";
    view.subjects.set(id, { id, model: body.model ?? "", name: body.name ?? "", code: body.code ?? "", about, unsent: true });
  },
  register: (view, body) => change(view, body, { state: "draft", state_label: "Đang làm", locked: "", reason: "" }),
  drop_photo: (view, body) => {
    const { evidence = {}, sent = [] } = view.dossiers.get(at(body.round ?? 0, body.subject ?? "")) ?? {};
    const key = body.key ?? "";
    const left = { ...evidence, [key]: Math.max(0, (evidence[key] ?? 0) - 1) };
    change(view, body, { evidence: left, sent: sent.filter((one) => one.id !== body.after) });
  },
  withdraw: (view, body) =>
    change(view, body, { state: "withdrawn", state_label: "Đã rút", reason: body.reason ?? "" }),
  submit: (view, body) => change(view, body, { state: "submitted", state_label: "Thôn đã gửi" }),
  answer: (view, body) => {
    const answers = view.dossiers.get(at(body.round ?? 0, body.subject ?? ""))?.answers ?? {};
    const key = body.key ?? "";
    const answer = { value: body.value ?? null, rev: answers[key]?.rev ?? 0, unsent: true, said_by: body.said_by };
    change(view, body, { answers: { ...answers, [key]: answer } });
  },
  photo: (view, body) => {
    const { evidence = {}, sent = [] } = view.dossiers.get(at(body.round ?? 0, body.subject ?? "")) ?? {};
    const key = body.key ?? "";
    const more = { ...evidence, [key]: (evidence[key] ?? 0) + 1 };
    change(view, body, { evidence: more, sent: [...sent, { id: body.id, key, at: body.at }] });
  },
};

/** @param {View} view @param {Envelope} body @param {Partial<Dossier>} part */
function change(view, body, part) {
  const where = at(body.round ?? 0, body.subject ?? "");
  const known = view.dossiers.get(where) ?? blank(body, view.subjects.get(body.subject ?? "")?.model ?? "");
  view.dossiers.set(where, { ...known, ...part });
}

/** A dossier that the server does not know yet. @param {Envelope} body @param {string} model @returns {Dossier} */
export function blank(body, model) {
  return {
    round: body.round ?? 0,
    subject: body.subject ?? "",
    model,
    state: "draft",
    state_label: "Đang làm",
    locked: "",
    reason: "",
    answers: {},
    derived: {},
    off: [],
    evidence: {},
    sent: [],
    outcome: "",
    outcome_label: "",
    total: null,
    because: "",
  };
}

/**
 * What an answer builds on: a former envelope never tried is replaced; one that was is named; else the server's answer.
 * @param {Boxed[]} box @param {Dossier|undefined} known what the server said
 * @param {{round: number, subject: string, key: string}} where
 * @returns {{replace: Boxed}|{after: string}|{base: {rev: number, value: import("./types.js").Value}}}
 */
export function buildsOn(box, known, where) {
  const same = box.filter(
    ({ body }) =>
      body.kind === "answer" && body.round === where.round && body.subject === where.subject && body.key === where.key,
  );
  const former = same[same.length - 1];
  if (former && former.tried === 0) return { replace: former };
  if (former) return { after: former.id };
  const answer = known?.answers[where.key];
  return { base: { rev: answer?.rev ?? 0, value: answer?.value ?? null } };
}

/**
 * What a receipt says of the server's state, so that nothing flickers until the next pull.
 * @param {Envelope} body @param {{outcome: string, first?: string, rev?: number}} receipt @param {Dossier|undefined} known
 * @returns {Dossier|undefined} the dossier to keep, or undefined where it stays as it was
 */
export function settled(body, receipt, known) {
  if (outcomeOf(receipt) !== "applied" || body.kind === "subject" || !body.subject || !body.round) return undefined;
  const dossiers = known ? [known] : [];
  const view = overlay({ subjects: [], dossiers }, [{ id: body.id, tried: 1, label: "", body }]);
  const made = view.dossiers.get(at(body.round, body.subject));
  if (!made || body.kind !== "answer" || !body.key) return made;
  const answer = { value: body.value ?? null, rev: receipt.rev ?? made.answers[body.key].rev };
  return { ...made, answers: { ...made.answers, [body.key]: answer } };
}

/** What became of it, now or the first time. @param {{outcome: string, first?: string}} receipt */
export function outcomeOf(receipt) {
  return receipt.outcome === "duplicate" ? (receipt.first ?? "applied") : receipt.outcome;
}
