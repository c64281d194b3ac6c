// The score on the phone: a mirror of hieuhoc/scoring (points.py, lines.py) for sets judged by points. Pure.
// A test holds both against each other. Sets judged by levels are concluded by the server.

import { exact, proportion, shown, plain } from "./exact.js";

/** @typedef {import("./types.js").Criteria} Criteria */
/** @typedef {import("./types.js").Indicator} Indicator */
/** @typedef {import("./types.js").Value} Value */
/** @typedef {import("./types.js").Dossier} Dossier */
/** @typedef {{key: string, criterion: string, status: "judged"|"missing"|"not_counted", earned: bigint|null, possible: bigint|null, low: boolean}} Line */
/** @typedef {{outcome: "pass"|"fail"|"incomplete"|"server", total: string|null, possible: string|null, answered: number, asked: number, missing: string[], because: string}} Sheet */

const ZERO = 0n;

/**
 * The sheet of one dossier as the phone can tell it before anything was sent.
 * @param {Criteria} criteria
 * @param {Pick<Dossier, "answers"|"derived"|"off">} dossier
 * @returns {Sheet}
 */
export function sheet(criteria, dossier) {
  const counts = progress(criteria, dossier);
  if (criteria.judging !== "points") return { ...counts, ...levels(criteria, dossier) };
  const lines = criteria.indicators.map((one) => line(one, valueOf(one, dossier), dossier.off.includes(one.key)));
  return { ...counts, ...points(criteria, lines) };
}

/**
 * How many of the asked indicators are answered; derived ones and those that do not apply are not asked.
 * @param {Criteria} criteria @param {Pick<Dossier, "answers"|"off">} dossier
 */
export function progress(criteria, dossier) {
  const asked = criteria.indicators.filter((one) => !one.derived && !dossier.off.includes(one.key));
  const answered = asked.filter((one) => isAnswer(dossier.answers[one.key]?.value));
  return { asked: asked.length, answered: answered.length };
}

/** @param {Value|undefined} value */
export function isAnswer(value) {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.values(value).every((part) => part !== null);
}

/** @param {Indicator} indicator @param {Pick<Dossier, "answers"|"derived">} dossier @returns {Value} */
function valueOf(indicator, dossier) {
  if (!indicator.derived) return dossier.answers[indicator.key]?.value ?? null;
  if (dossier.derived[indicator.key] === "KAD") return "n/a";
  const found = /^\s*([\d.]+)\s*\/\s*([\d.]+)/.exec(dossier.derived[indicator.key] ?? "");
  return found ? { count: Number(found[1].replaceAll(".", "")), of: Number(found[2].replaceAll(".", "")) } : null;
}

/** @param {Indicator} indicator @param {Value} value @param {boolean} off @returns {Line} */
function line(indicator, value, off) {
  const { key, criterion } = indicator;
  const none = { key, criterion, status: /** @type {const} */ ("not_counted"), earned: null, possible: null, low: false };
  const empty = isShare(value) && value.of === 0;
  if (off || value === "n/a" || value === "KAD" || empty) return none;
  const worth = exact(indicator.points ?? 0) ?? ZERO;
  const earned = isAnswer(value) ? earns(indicator, value, worth) : null;
  if (earned === null) return { key, criterion, status: "missing", earned: null, possible: worth, low: false };
  const floor = exact(indicator.floor);
  return { key, criterion, status: "judged", earned, possible: worth, low: floor !== null && earned < floor };
}

/** @param {Value} value @returns {value is {count: number, of: number}} */
function isShare(value) {
  return typeof value === "object" && value !== null && "of" in value;
}

/**
 * What an answer earns; null where only the server can tell.
 * @param {Indicator} indicator @param {Value} value @param {bigint} worth
 */
function earns(indicator, value, worth) {
  if (indicator.kind === "score") return exact(value);
  if (indicator.kind === "yes_no") return value === true ? worth : ZERO;
  if (indicator.kind === "change") return changeEarns(indicator, value, worth);
  const mark = exact(indicator.marks[0]);
  if (mark === null) return null;
  const size = isShare(value) ? exact(value.count) : exact(value);
  if (size === null) return null;
  const of = isShare(value) ? BigInt(value.of) : 1n;
  const reached = isShare(value) ? size * 100n : size;
  const up = indicator.better !== "down";
  if (up ? reached >= mark * of : reached <= mark * of) return worth;
  if (indicator.kind === "level" || !up) return ZERO;
  return proportion(worth, reached, mark * of);
}

/** @param {Indicator} indicator @param {Value} value @param {bigint} worth */
function changeEarns(indicator, value, worth) {
  const parts = /** @type {{now?: number, before?: number}} */ (typeof value === "object" && value ? value : {});
  const by = "now" in parts ? (exact(parts.now) ?? ZERO) - (exact(parts.before) ?? ZERO) : (exact(value) ?? ZERO);
  return (indicator.better === "down" ? by < ZERO : by > ZERO) ? worth : ZERO;
}

/** @param {bigint[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, ZERO);

/**
 * @param {Criteria} criteria @param {Line[]} lines
 * @returns {Pick<Sheet, "outcome"|"total"|"possible"|"missing"|"because">}
 */
function points(criteria, lines) {
  const counted = lines.filter((one) => one.possible !== null);
  const empty = counted.filter((one) => one.status === "missing");
  const scored = counted.filter((one) => one.earned !== null);
  const added = {
    mark: exact(criteria.pass_mark) ?? ZERO,
    earned: sum(scored.map((one) => one.earned ?? ZERO)),
    possible: sum(counted.map((one) => one.possible ?? ZERO)),
    hoped: sum(empty.map((one) => one.possible ?? ZERO)),
    none: scored.length === 0,
    skipped: counted.length < lines.length,
    missing: empty.map((one) => one.key),
  };
  const found = faults(criteria, counted, added);
  const outcome = found.length ? "fail" : added.missing.length || !criteria.complete ? "incomplete" : "pass";
  return {
    outcome,
    total: added.none ? null : plain(added.earned),
    possible: plain(added.possible),
    missing: added.missing,
    because: because(criteria, outcome, found, added),
  };
}

/** @typedef {{mark: bigint, earned: bigint, possible: bigint, hoped: bigint, none: boolean, skipped: boolean, missing: string[]}} Added */

/**
 * Why it cannot pass any more, whatever is still missing.
 * @param {Criteria} criteria @param {Line[]} counted @param {Added} added
 */
function faults(criteria, counted, added) {
  const found = [];
  if (added.earned + added.hoped < added.mark) found.push(short(added));
  const low = counted.filter((one) => one.low);
  if (low.length) {
    found.push(`dưới mức sàn ở ${low.map((one) => `${one.key} (${shown(one.earned ?? ZERO)} điểm)`).join(", ")}`);
  }
  for (const group of criteria.groups) {
    const floor = exact(group.floor);
    const inside = counted.filter((one) => one.criterion === group.key);
    if (floor === null || !inside.length) continue;
    const best = sum(inside.map((one) => one.earned ?? one.possible ?? ZERO));
    if (best < floor) found.push(`tiêu chí ${group.key} dưới mức sàn ${shown(floor)} điểm`);
  }
  return found;
}

/** @param {Added} added */
function short(added) {
  const goal = shown(added.mark);
  const best = added.earned + added.hoped;
  if (added.possible < added.mark) {
    return `các chỉ số áp dụng chỉ có tối đa ${shown(added.possible)} điểm, không đủ để đạt ${goal}`;
  }
  if (added.hoped > ZERO) {
    return `chỉ số còn thiếu dù được tối đa cũng chỉ tới ${shown(best)} điểm, không đủ để đạt ${goal}`;
  }
  const kept = added.skipped ? " (chỉ số không áp dụng không được bù điểm)" : "";
  return `thiếu ${shown(added.mark - best)} điểm để đạt ${goal}${kept}`;
}

/** @param {Criteria} criteria @param {string} outcome @param {string[]} found @param {Added} added */
function because(criteria, outcome, found, added) {
  const got = `${shown(added.earned)}/${shown(added.possible)} điểm`;
  if (outcome === "fail") return `Không đạt: ${found.join("; ")}. Tổng ${got}.`;
  if (outcome === "pass") return `Đạt: tổng ${got}, mốc đạt ${shown(added.mark)}.`;
  if (!added.missing.length) return `Chưa kết luận được: ${criteria.why_incomplete}`;
  const gap = added.mark - added.earned;
  const need = gap > ZERO ? `cần thêm ${shown(gap)} điểm để đạt ${shown(added.mark)}` : `đã tới mốc ${shown(added.mark)}`;
  const have = added.none ? "chưa có điểm nào" : `đã có ${got}`;
  return `Chưa kết luận được: còn ${added.missing.length} chỉ số chưa có điểm (${listed(added.missing)}); ${have}, ${need}.`;
}

/** @param {string[]} keys */
function listed(keys, most = 6) {
  if (keys.length <= most) return keys.join(", ");
  return `${keys.slice(0, most).join(", ")} và ${keys.length - most} chỉ số khác`;
}

/**
 * A set judged by levels: what is answered, what is plainly not met; the server concludes.
 * @param {Criteria} criteria @param {Pick<Dossier, "answers"|"off">} dossier
 * @returns {Pick<Sheet, "outcome"|"total"|"possible"|"missing"|"because">}
 */
function levels(criteria, dossier) {
  const asked = criteria.indicators.filter((one) => !one.derived && !dossier.off.includes(one.key));
  const missing = asked.filter((one) => !isAnswer(dossier.answers[one.key]?.value)).map((one) => one.key);
  const no = asked.filter((one) => dossier.answers[one.key]?.value === false).map((one) => one.key);
  const said = missing.length ? `Còn ${missing.length} chỉ số chưa trả lời (${listed(missing)}).` : "Đã trả lời đủ.";
  const plainly = no.length ? ` Chưa đạt: ${listed(no)}.` : "";
  return { outcome: "server", total: null, possible: null, missing, because: `${said}${plainly} Máy chủ kết luận sau khi gửi.` };
}
