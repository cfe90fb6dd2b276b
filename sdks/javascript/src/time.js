/** Signing times: `yyyyMMdd'T'HHmmss'Z'` (§5.3). */

/** How far signing time and clock may lie apart, inclusive. */
export const SKEW_MILLISECONDS_MAX = 900_000;

/**
 * @param {Date} date
 * @returns {string}
 */
export function toBasic(date) {
  const iso = date.toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/**
 * @param {string} text
 * @returns {Date | undefined} undefined for anything but a real instant since 1970
 */
export function parseBasic(text) {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const date = new Date(`${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}Z`);
  // The platform takes the 30th of February for a day in March, and 24:00 for midnight.
  const isReal = !Number.isNaN(date.getTime()) && toBasic(date) === text;
  return isReal && date.getTime() >= 0 ? date : undefined;
}
