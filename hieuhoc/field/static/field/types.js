// The shapes that travel between the phone and the server (hieuhoc/field/PROTOCOL.md) and between the parts of the page.
// Never loaded by the page: read by tsc only.

/** @typedef {boolean|number|string|null|{count: number|null, of: number|null}|{now: number|null, before: number|null}} Value */
/** @typedef {{key: string, label: string, floor: number|string|null}} Group */
/**
 * @typedef {Object} Indicator
 * @property {string} key
 * @property {string} label
 * @property {"yes_no"|"number"|"score"|"level"|"share"|"change"} kind
 * @property {string} criterion
 * @property {number|string|null} points
 * @property {number|string|null} floor
 * @property {string[]} names
 * @property {number|null} top
 * @property {string} derived
 * @property {string} hint
 * @property {string} note
 * @property {string} when_none
 * @property {(number|string)[]} marks what each level asks; in a points set what is asked in full
 * @property {"up"|"down"} better
 */
/**
 * @typedef {Object} Criteria
 * @property {string} title
 * @property {string} notice
 * @property {"points"|"levels"} judging
 * @property {number|string|null} pass_mark
 * @property {boolean} complete
 * @property {string} why_incomplete
 * @property {boolean} evidence
 * @property {Group[]} groups
 * @property {Indicator[]} indicators
 */
/** @typedef {{id: number, year: number, villages_close_on: string|null, area: string, models: Record<string, Criteria>}} Round */
/** @typedef {{id: string, model: string, name: string, code: string, about: string}} Subject */
/** @typedef {{value: Value, rev: number, by?: string, unsent?: boolean, said_by?: string}} Answer */
/**
 * @typedef {Object} Dossier
 * @property {number} round
 * @property {string} subject
 * @property {string} model
 * @property {string} state
 * @property {string} state_label
 * @property {string} locked
 * @property {string} reason
 * @property {Record<string, Answer>} answers
 * @property {Record<string, string>} derived
 * @property {string[]} off
 * @property {Record<string, number>} evidence
 * @property {Sent[]} [sent] the person's own photos that are with the commune
 * @property {string} outcome
 * @property {string} outcome_label
 * @property {string|null} total
 * @property {string} because
 * @property {string} [at] `round:subject`, the key in the store
 */
/** A photo with the commune; `id` is that of its envelope. @typedef {{id: string, key: string, at: string}} Sent */
/** @typedef {{id: number, name: string, commune: string}} Place */
/** @typedef {{id: string, outcome: string, subject?: string, key?: string, message: string}} Open */
/** @typedef {{id: string, subject: string, key: string, text: string, by: string, at: string}} Question */
/**
 * @typedef {Object} Pull
 * @property {number} v
 * @property {string} cursor
 * @property {boolean} full
 * @property {string} day
 * @property {string} pass
 * @property {{id: number, name: string}} person
 * @property {Place[]} places
 * @property {Place} place
 * @property {Round[]} rounds
 * @property {Subject[]} subjects
 * @property {Dossier[]} dossiers
 * @property {string[]} present
 * @property {[number, string][]} [registered]
 * @property {Open[]} [open]
 * @property {Question[]} [questions]
 */
/** @typedef {{cursor: string, day: string, pass: string, person: {id: number, name: string}, places: Place[], place: Place, rounds: Round[], open: Open[], questions: Question[], at: string}} Known */
/**
 * @typedef {Object} Envelope
 * @property {string} id
 * @property {string} kind
 * @property {string} at
 * @property {string} pass
 * @property {number} place
 * @property {string} said_by
 * @property {number} [round]
 * @property {string} [subject]
 * @property {string} [key]
 * @property {Value} [value]
 * @property {{rev: number, value: Value}} [base]
 * @property {string} [after]
 * @property {string} [model]
 * @property {string} [name]
 * @property {string} [code]
 * @property {Record<string, string|number>} [details]
 * @property {string} [photo]
 * @property {number} [size]
 * @property {string} [sha256]
 * @property {string} [note]
 * @property {string} [reason]
 * @property {string} [text]
 * @property {string} [question]
 */
/** @typedef {{n?: number, id: string, tried: number, label: string, stuck?: string, body: Envelope}} Boxed */
/** @typedef {{id: string, envelope: string, blob: Blob, size: number, sha256: string, have: number, tried: number, done: boolean, stuck?: string, subject: string, round: number, key: string, label: string}} Photo */
/** @typedef {{id: string, outcome: string, code: string, message: string, rev?: number, first?: string}} Receipt */
/** @typedef {Receipt & {label: string, subject: string, key: string, at: string}} Told */
/** @typedef {{salt: string, hash: string, rounds: number, wrong: number, until: number}} Pin */
/** @typedef {{id: number, name: string, place: string, box: string, pin?: Pin, forgot?: boolean, open: boolean, seen: number}} Person */

export {};
