import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/*
 * `npm run test:fuzz -- [--long] [--cases N] [--seed N] [FILE...]`: runs the fuzz tests with 20 000 cases, `--long` with
 * 1 000 000, and with a random seed, which every test prints. `--seed` repeats a run.
 */

const LONG_CASES = '1000000';

const { values, positionals } = parseArgs({
	options: { long: { type: 'boolean' }, cases: { type: 'string' }, seed: { type: 'string' } },
	allowPositionals: true,
});
const cases = values.cases ?? (values.long ? LONG_CASES : undefined);
const project = fileURLToPath(new URL('../..', import.meta.url));
const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'e2e/fuzz/vitest.config.ts', ...positionals];
const { status } = spawnSync(process.execPath, args, {
	cwd: project,
	env: {
		...process.env,
		...(cases !== undefined && { FUZZ_CASES: cases }),
		...(values.seed !== undefined && { FUZZ_SEED: values.seed }),
	},
	stdio: 'inherit',
});
process.exitCode = status ?? 1;
