import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Watchdog } from './watchdog.ts';

/** What is fuzzed, and how many of the 20 000 cases of `npm test` it gets: fewer where a case takes longer. */
const SHARES = {
	sessions: 800,
	templates: 7_500,
	images: 7_700,
	settings: 1_200,
	keys: 1_200,
	devices: 1_200,
	secrets: 400,
} as const;

const DEFAULT_CASES = Object.values(SHARES).reduce((sum, share) => sum + share, 0);

/** A case takes milliseconds, on a busy machine some hundreds. */
const CASE_TIMEOUT_MS = 30_000;

/** Not committed. The inputs are synthetic, so the files contain no biometric data. */
const FAILURES = fileURLToPath(new URL('../../../test-results/fuzz/', import.meta.url));

/**
 * Checks as many inputs as the part's share of the run, and prints the seed that repeats them.
 *
 * @param check throws for an input that is handled wrongly
 * @throws Error with the smallest failing input that was found, and the file in which it is saved
 */
export async function runFuzz<T>(
	part: keyof typeof SHARES,
	arbitrary: fc.Arbitrary<T>,
	check: (input: T) => void | Promise<void>,
): Promise<void> {
	const seed = Number(process.env.FUZZ_SEED);
	const numRuns = Math.ceil((SHARES[part] * Number(process.env.FUZZ_CASES)) / DEFAULT_CASES);
	const file = `${FAILURES}${part}-${seed}.json`;
	mkdirSync(FAILURES, { recursive: true });
	const watchdog = new Watchdog({ timeoutMs: CASE_TIMEOUT_MS, file, failure: { part, seed } });
	try {
		const property = fc.asyncProperty(arbitrary, async (input) => {
			watchdog.nextCase();
			await check(input);
		});
		const startedAt = performance.now();
		const {
			failed,
			counterexample,
			counterexamplePath: path,
			errorInstance,
		} = await fc.check(property, { seed, numRuns });
		const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
		process.stdout.write(`fuzz: ${numRuns} cases of ${part} in ${seconds} s, --seed ${seed}\n`);
		if (!failed) return;
		const error = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
		const input = fc.stringify(counterexample?.[0]);
		writeFileSync(file, `${JSON.stringify({ part, seed, path, error, input }, undefined, '\t')}\n`);
		throw new Error(`Repeat it with --seed ${seed}. The failing case is saved in ${file}:\n${input}\n${error}`);
	} finally {
		await watchdog.stop();
	}
}
