// The repository around the package, wherever the package is staged.

import { existsSync, readFileSync } from 'node:fs';

function find(folder) {
  if (existsSync(new URL('spec/vectors/', folder))) return folder;
  const parent = new URL('..', folder);
  if (parent.href === folder.href) throw new Error('the tests run inside the repository, beside spec/vectors');
  return find(parent);
}

const ROOT = find(new URL('..', import.meta.url));

/** The vectors of one file under spec/vectors. */
export function vectors(path) {
  return JSON.parse(readFileSync(new URL(`spec/vectors/${path}`, ROOT), 'utf8')).vectors;
}
