import { posix } from 'node:path';
import { TRAY_STATES } from '../icons/icon-set.ts';
import { findDependencies } from './bundle-dependencies.ts';
import type { FuseName } from './fuses.ts';
import { checkLibraries, checkLicences } from './libraries.ts';
import { type CheckResult, findMissing, type PackedApp, readPackageJson, readPackedText } from './packed-app.ts';

/** The most that the app may add to Electron's size, in MB. Native libraries are the largest part. */
const MAX_SIZE_MB = 6;

const MAIN = 'dist/main.js';
const PRELOAD = 'dist/preload.cjs';
const WINDOW = 'dist/window/index.html';

const ICONS = ['linux/256x256.png', ...TRAY_STATES.map((state) => `tray/linux/${state}.png`)].map(
	(path) => `build/icons/rendered/${path}`,
);

const FUSES_ON: readonly FuseName[] = [
	'enableCookieEncryption',
	'enableEmbeddedAsarIntegrityValidation',
	'onlyLoadAppFromAsar',
];

/** Checks the packed app. @throws Error if a bundle cannot be parsed */
export function checkApp(app: PackedApp): CheckResult[] {
	const paths = app.files.map(({ path }) => path);
	return [
		...checkEntries(app, paths),
		...checkBundles(app, paths),
		{ name: 'icons of app and tray are included', faults: findMissing(ICONS, paths) },
		{ name: 'no sources, tests, types or maps', faults: findUnwantedFiles(paths) },
		checkLicences(app),
		checkNatives(app, paths),
		{
			name: 'each packed file has a hash that Electron verifies',
			faults: app.files.filter(({ hasIntegrity }) => !hasIntegrity).map(({ path }) => path),
		},
		checkFuses(app),
		checkSize(app),
	];
}

function checkEntries(app: PackedApp, paths: readonly string[]): CheckResult[] {
	const { main } = readPackageJson(app, 'package.json');
	return [
		{ name: `main is ${MAIN}`, faults: main === MAIN ? findMissing([MAIN], paths) : [`main is ${main}`] },
		{ name: `preload is ${PRELOAD}`, faults: findMissing([PRELOAD], paths) },
		{
			name: `window is ${WINDOW} and its assets are included`,
			faults: findMissing([WINDOW, ...findWindowAssets(app)], paths),
		},
	];
}

function checkBundles(app: PackedApp, paths: readonly string[]): CheckResult[] {
	const bundles = paths.filter((path) => /^dist\/[^/]+\.c?js$/.test(path));
	const needs = bundles.map((path) => findDependencies(path, readPackedText(app, path)));
	const files = needs.flatMap((need) => need.files);
	const libraries = needs.flatMap((need) => need.libraries);
	return [
		{ name: 'each file that a bundle references is included', faults: findMissing(files, paths) },
		checkLibraries(app, new Set(libraries)),
	];
}

/** Returns the paths of scripts, styles and images that the window's HTML references. */
function findWindowAssets(app: PackedApp): string[] {
	const named = readPackedText(app, WINDOW).matchAll(/\b(?:src|href)="(\.[^"]+)"/g);
	return [...named].map(([, path]) => posix.join(posix.dirname(WINDOW), path ?? ''));
}

function findUnwantedFiles(paths: readonly string[]): string[] {
	const isOurs = (path: string) =>
		/^(dist\/|build\/icons\/rendered\/|package\.json$|LICENSE$|node_modules\/)/.test(path);
	const isForRunning = (path: string) => !/\.(ts|tsx|cts|mts|map|cc|c|h)$|(^|\/)tests?\/|\.(test|spec)\./.test(path);
	return paths.filter((path) => !isOurs(path) || !isForRunning(path)).map((path) => `${path} must not be packed`);
}

function checkNatives({ arch, installed }: PackedApp, paths: readonly string[]): CheckResult {
	const wanted = [
		`node_modules/@koromix/koffi-linux-${arch}/linux_${arch}/koffi.node`,
		`node_modules/node-hid/prebuilds/HID_hidraw-linux-${arch}/node-napi-v4.node`,
	];
	const unpackedPaths = wanted.map((path) => `resources/app.asar.unpacked/${path}`);
	const others = paths.filter((path) => path.endsWith('.node') && !wanted.includes(path));
	return {
		name: `native libraries are unpacked and only for linux-${arch}`,
		faults: [...findMissing(unpackedPaths, installed), ...others.map((path) => `${path} is for another system`)],
	};
}

function checkFuses({ fuses }: PackedApp): CheckResult {
	const wrong = [...fuses].filter(([name, isOn]) => isOn !== FUSES_ON.includes(name));
	return {
		name: `only these fuses are on: ${FUSES_ON.join(', ')}`,
		faults: wrong.map(([name, isOn]) => `${name} is ${isOn ? 'on' : 'off'}`),
	};
}

function checkSize({ sizeBytes }: PackedApp): CheckResult {
	const sizeMb = sizeBytes / 1e6;
	return {
		name: `adds ${sizeMb.toFixed(1)} MB to Electron (limit ${MAX_SIZE_MB} MB)`,
		faults: sizeMb <= MAX_SIZE_MB ? [] : [`the app adds ${sizeMb.toFixed(1)} MB`],
	};
}
