/** The canonical request of a refusal beside one's own. */

/**
 * @typedef {object} Parts
 * @property {Record<'method' | 'path' | 'query' | 'list of signed names' | 'payload', string>} texts
 * @property {Map<string, string>} headers name to values
 */

const MARK = 'canonicalRequest:';
const NOTHING = 'Nothing differs, so the server knows another secret key for this access key.';
/** Whoever reads these values could act as the caller. */
const CONFIDENTIAL = new Set(['x-security-token', 'x-auth-token', 'cookie']);

/**
 * Says in one sentence which part of two canonical requests differs first: the server's, which its refusal shows after
 * `canonicalRequest:` with `|` for line breaks, and one's own.
 *
 * @param {string} errorMessage text of the refusal
 * @param {string} canonicalRequest one's own, as `explain` tells it
 * @returns {string}
 */
export function difference(errorMessage, canonicalRequest) {
  const start = errorMessage.lastIndexOf(MARK);
  if (start < 0) return 'The message shows no canonical request: the refusal has another cause than what was signed.';
  const server = parse(errorMessage.slice(start + MARK.length));
  const own = parse(canonicalRequest.replaceAll('\n', '|'));
  if (server === undefined || own === undefined) return 'One of the two texts is no whole canonical request.';
  return (
    textDifference(['method', 'path', 'query'], server, own) ??
    headerDifference(server, own) ??
    textDifference(['list of signed names', 'payload'], server, own) ??
    NOTHING
  );
}

/**
 * @param {string} text parts and header lines joined with `|`, which also may stand in the values of headers
 * @returns {Parts | undefined}
 */
function parse(text) {
  const pieces = text.split('|');
  const [method, path, query, ...rest] = pieces;
  const [blank, names, payload] = rest.splice(-3);
  if (payload === undefined || blank !== '') return undefined;
  // What follows the last part belongs to the message around it.
  const [digest] = /^[\w-]*/.exec(payload) ?? [''];
  const texts = { method, path, query, 'list of signed names': names, payload: digest };
  return { texts, headers: parseBlock(rest, names.split(';')) };
}

/**
 * @param {string[]} pieces of the header block
 * @param {string[]} names signed
 */
function parseBlock(pieces, names) {
  const signed = new Set(names);
  /** @type {Map<string, string>} */
  const headers = new Map();
  let last = '';
  for (const piece of pieces) {
    const name = piece.slice(0, Math.max(piece.indexOf(':'), 0));
    // What begins with no signed name goes on with the value before.
    if (!signed.has(name)) {
      headers.set(last, `${headers.get(last) ?? ''}|${piece}`);
      continue;
    }
    const value = piece.slice(name.length + 1);
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
    last = name;
  }
  return headers;
}

/**
 * @param {(keyof Parts['texts'])[]} parts in the order of the canonical request
 * @param {Parts} server
 * @param {Parts} own
 */
function textDifference(parts, server, own) {
  const part = parts.find((each) => server.texts[each] !== own.texts[each]);
  return (
    part && `The ${part} differs: the server has ${show(server.texts[part])}, you signed ${show(own.texts[part])}.`
  );
}

/**
 * Headers that only one side has show in the signed names.
 *
 * @param {Parts} server
 * @param {Parts} own
 */
function headerDifference(server, own) {
  for (const [name, ours] of own.headers) {
    const theirs = server.headers.get(name);
    if (theirs === undefined || theirs === ours) continue;
    if (CONFIDENTIAL.has(name)) return `The header ${name} differs.`;
    return `The header ${name} differs: the server has ${show(theirs)}, you signed ${show(ours)}.`;
  }
  return undefined;
}

/** Quoted, so that blanks can be seen. @param {string} text */
const show = (text) => JSON.stringify(text);
