// Puts a copy of the package under the given directory, with what its tests need and the types made from its comments.
// Nothing is ever made in the source tree. `node tools/stage.js OUT`

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const STAGE = resolve(process.argv[2], 'package');
const FOLDERS = ['src', 'test', 'support', 'samples', 'programs', 'consumers', 'tools'];
const FILES = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'README.md', '../../LICENSE'];
const LOCK = join(SOURCE, 'package-lock.json');
/** The lock file that was installed; npm clears the folder before it installs. */
const INSTALLED = join(STAGE, 'node_modules/.installed-lock.json');

mkdirSync(STAGE, { recursive: true });
for (const folder of [...FOLDERS, 'types']) rmSync(join(STAGE, folder), { recursive: true, force: true });
for (const path of [...FOLDERS, ...FILES]) copy(join(SOURCE, path));
if (!isInstalled()) install();
run(process.execPath, ['node_modules/typescript/bin/tsc']);

/** The README is generated, and may not be there yet. */
function copy(from) {
  if (existsSync(from)) cpSync(from, join(STAGE, basename(from)), { recursive: true });
}

function isInstalled() {
  return existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(LOCK));
}

function install() {
  run('npm', ['ci', '--ignore-scripts', '--silent']);
  cpSync(LOCK, INSTALLED);
}

function run(program, words) {
  execFileSync(program, words, { cwd: STAGE, stdio: ['ignore', 'inherit', 'inherit'] });
}
