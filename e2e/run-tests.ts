import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canInstallPackages, installPackages } from './support/debian-package.ts';
import { findBrowser } from './support/find-browser.ts';
import { findPython } from './support/find-python.ts';
import {
	countCrashAsFailure,
	countHidraw,
	countPlaywright,
	countVitest,
	formatCounts,
	sumCounts,
	type TestCounts,
} from './support/test-counts.ts';

/*
 * `npm test`: runs the unit tests, the end-to-end tests, the hidraw checks in a virtual machine, the fuzz tests and the fault tests. Installs
 * missing tools for the end-to-end tests where it can. The last line is `N passed, N failed`, the totals of all runners; the exit code is
 * 1 unless everything passed.
 */

/** A test runner, started in the project folder with the current Node. */
interface Runner {
	readonly name: string;
	/** The path of its script, relative to the project folder. */
	readonly script: string;
	readonly args: readonly string[];
	/** Returns the flags or environment variables that make it write a JSON report into a file. */
	reportTo(file: string): { args?: readonly string[]; env?: Readonly<Record<string, string>> };
	count(report: unknown): TestCounts;
	/** See `RunnerOptions`. */
	readonly maySkipAll?: boolean;
}

const RUNNERS: readonly Runner[] = [
	vitest('unit', 'build/vitest.config.ts'),
	{
		name: 'playwright',
		script: 'node_modules/@playwright/test/cli.js',
		args: ['test', '--config', 'e2e/playwright.config.ts'],
		reportTo: (file) => ({ env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
		count: countPlaywright,
	},
	{
		name: 'hidraw',
		script: 'e2e/hidraw/run.ts',
		args: [],
		reportTo: (file) => ({ args: [`--report=${file}`] }),
		count: countHidraw,
		maySkipAll: true,
	},
	vitest('fuzz', 'e2e/fuzz/vitest.config.ts'),
	vitest('faults', 'e2e/faults/vitest.config.ts'),
];

function vitest(name: string, config: string): Runner {
	return {
		name,
		script: 'node_modules/vitest/vitest.mjs',
		args: ['run', '--config', config, '--reporter=default', '--reporter=json'],
		reportTo: (file) => ({ args: [`--outputFile.json=${file}`] }),
		count: countVitest,
	};
}

const project = fileURLToPath(new URL('..', import.meta.url));

installMissingTools();
const reports = await mkdtemp(join(tmpdir(), 'fingerprint-tests-'));
const counts: TestCounts[] = [];
for (const runner of RUNNERS) counts.push(await run(runner, join(reports, `${runner.name}.json`)));
await rm(reports, { recursive: true });

const total = sumCounts(counts);
process.stdout.write(`\n${formatCounts(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Installs Chromium and Python's `websockets` where possible. Tests that need a missing tool are skipped with a reason. */
function installMissingTools(): void {
	const missing = [
		...(findBrowser() === undefined ? ['chromium'] : []),
		...(findPython() === undefined ? ['python3-websockets'] : []),
	];
	if (missing.length > 0 && canInstallPackages()) installPackages(missing);
}

async function run(
	{ name, script, args, reportTo, count, maySkipAll = false }: Runner,
	report: string,
): Promise<TestCounts> {
	const { args: reportArgs = [], env = {} } = reportTo(report);
	const child = spawn(process.execPath, [join(project, script), ...args, ...reportArgs], {
		cwd: project,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [exitCode] = await once(child, 'close');
	const counts = await readReport(report).then(count, () => undefined);
	const result = countCrashAsFailure(counts, exitCode, { maySkipAll });
	if (result.failed !== counts?.failed)
		process.stdout.write(`${name} crashed or ran no tests (exit code ${exitCode})\n`);
	return result;
}

async function readReport(file: string): Promise<unknown> {
	return JSON.parse(await readFile(file, 'utf8'));
}
