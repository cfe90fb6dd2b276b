// Packs the staged package for its registry, checks what is in it, and uses it as its users would.
// `node tools/dry-run.js OUT`

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const OUT = resolve(process.argv[2]);
const STAGE = join(OUT, 'package');
const USER = join(OUT, 'user');

const packed = pack();
checkFiles(packed);
install(join(OUT, packed.filename));
for (const program of ['esm.mjs', 'commonjs.cjs']) run(process.execPath, [program]);
checkTypes();
console.log(
  `${packed.filename}: ${packed.files.length} files, ${packed.size} bytes; imported, required and compiled against`,
);

function pack() {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', OUT];
  return JSON.parse(execFileSync('npm', words, { cwd: STAGE, stdio: ['ignore', 'pipe', 'ignore'] }))[0];
}

/** Sources, their types, and what every package has; nothing else. */
function checkFiles({ files, name, version }) {
  const manifest = JSON.parse(readFileSync(join(STAGE, 'package.json')));
  assert.deepEqual([name, version], [manifest.name, manifest.version]);
  assert.equal(manifest.dependencies, undefined, 'the library has no dependencies');
  const modules = readdirSync(join(STAGE, 'src')).map((file) => file.replace(/\.js$/, ''));
  const expected = modules.flatMap((module) => [`src/${module}.js`, `types/${module}.d.ts`]);
  const documents = ['LICENSE', 'README.md', 'package.json'];
  assert.deepEqual(files.map(({ path }) => path).sort(), [...expected, ...documents].sort());
}

/** A folder of its own, in which nothing but the package is installed. */
function install(tarball) {
  rmSync(USER, { recursive: true, force: true });
  mkdirSync(USER, { recursive: true });
  cpSync(join(STAGE, 'consumers'), USER, { recursive: true });
  writeFileSync(join(USER, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
  run('npm', [
    'install',
    '--silent',
    '--offline',
    '--omit=optional',
    '--omit=peer',
    '--no-audit',
    '--no-fund',
    tarball,
  ]);
  assert.deepEqual(
    readdirSync(join(USER, 'node_modules')).filter((entry) => !entry.startsWith('.')),
    ['countersign'],
  );
}

/** The clients and frameworks that the consumer uses besides lend their types. */
function checkTypes() {
  for (const name of ['axios', 'express', '@types'])
    symlinkSync(join(STAGE, 'node_modules', name), join(USER, 'node_modules', name));
  const strict = [
    '--strict',
    '--noEmit',
    '--module',
    'NodeNext',
    '--target',
    'ES2022',
    '--lib',
    'ES2022,DOM,DOM.Iterable',
  ];
  run(process.execPath, [join(STAGE, 'node_modules/typescript/bin/tsc'), ...strict, '--types', 'node', 'consumer.ts']);
}

function run(program, words) {
  execFileSync(program, words, { cwd: USER, stdio: ['ignore', 'inherit', 'inherit'] });
}
