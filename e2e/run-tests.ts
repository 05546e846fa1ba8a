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
	closingLine,
	countHidraw,
	countPlaywright,
	countVitest,
	judge,
	sum,
	type TestCounts,
} from './support/test-counts.ts';

/*
 * `npm test`: unit tests, then whole flows, then readers in a virtual machine. Brings what the flows need where that is
 * possible, and ends with `N passed, N failed`, the sums of all. Exit code 1 unless everything has passed.
 */

/** A test runner, started in the project by the Node that runs this. */
interface Runner {
	readonly name: string;
	/** Its script, relative to the project. */
	readonly script: string;
	readonly args: readonly string[];
	/** How it is told where its JSON report goes: flags, or a variable. */
	reportTo(file: string): { args?: readonly string[]; env?: Readonly<Record<string, string>> };
	count(report: unknown): TestCounts;
	/** See `JudgeOptions`. */
	readonly maySkipAll?: boolean;
}

const RUNNERS: readonly Runner[] = [
	{
		name: 'vitest',
		script: 'node_modules/vitest/vitest.mjs',
		args: ['run', '--config', 'build/vitest.config.ts', '--reporter=default', '--reporter=json'],
		reportTo: (file) => ({ args: [`--outputFile.json=${file}`] }),
		count: countVitest,
	},
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
];

const project = fileURLToPath(new URL('..', import.meta.url));

bringWhatIsMissing();
const reports = await mkdtemp(join(tmpdir(), 'fingerprint-tests-'));
const counts: TestCounts[] = [];
for (const runner of RUNNERS) counts.push(await run(runner, join(reports, `${runner.name}.json`)));
await rm(reports, { recursive: true });

const total = sum(counts);
process.stdout.write(`\n${closingLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** What cannot be brought makes tests skip themselves and say why. */
function bringWhatIsMissing(): void {
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
	const judged = judge(counts, exitCode, { maySkipAll });
	if (judged.failed !== counts?.failed)
		process.stdout.write(`${name} crashed or ran nothing (exit code ${exitCode})\n`);
	return judged;
}

async function readReport(file: string): Promise<unknown> {
	return JSON.parse(await readFile(file, 'utf8'));
}
