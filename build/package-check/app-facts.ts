import { posix } from 'node:path';
import { TRAY_STATES } from '../icons/icon-set.ts';
import { type Fact, missing, type PackedApp, readPackage, textOf } from './contents.ts';
import type { FuseName } from './fuses.ts';
import { findNeeds } from './imports.ts';
import { librariesFact, licencesFact } from './libraries.ts';

/** What the app may add to Electron, MB; the libraries' natives are the most of it. */
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

/** What must hold for the packed app, each with what is wrong with it. @throws Error for a bundle that cannot be parsed */
export function gatherAppFacts(app: PackedApp): Fact[] {
	const paths = app.files.map(({ path }) => path);
	return [
		...entryFacts(app, paths),
		...bundleFacts(app, paths),
		{ what: 'icons of app and tray are there', faults: missing(ICONS, paths) },
		{ what: 'no sources, tests, types or maps', faults: strangers(paths) },
		licencesFact(app),
		nativesFact(app, paths),
		{
			what: 'each packed file carries its hash for Electron to compare',
			faults: app.files.filter(({ hasIntegrity }) => !hasIntegrity).map(({ path }) => path),
		},
		fusesFact(app),
		sizeFact(app),
	];
}

function entryFacts(app: PackedApp, paths: readonly string[]): Fact[] {
	const { main } = readPackage(app, 'package.json');
	return [
		{ what: `main is ${MAIN}`, faults: main === MAIN ? missing([MAIN], paths) : [`main is ${main}`] },
		{ what: `preload is ${PRELOAD}`, faults: missing([PRELOAD], paths) },
		{ what: `window is ${WINDOW} with what it names`, faults: missing([WINDOW, ...namedByWindow(app)], paths) },
	];
}

function bundleFacts(app: PackedApp, paths: readonly string[]): Fact[] {
	const bundles = paths.filter((path) => /^dist\/[^/]+\.c?js$/.test(path));
	const needs = bundles.map((path) => findNeeds(path, textOf(app, path)));
	const files = needs.flatMap((need) => need.files);
	const libraries = needs.flatMap((need) => need.libraries);
	return [
		{ what: 'each file that a bundle names is there', faults: missing(files, paths) },
		librariesFact(app, new Set(libraries)),
	];
}

/** Scripts, styles and pictures in the HTML of the window. */
function namedByWindow(app: PackedApp): string[] {
	const named = textOf(app, WINDOW).matchAll(/\b(?:src|href)="(\.[^"]+)"/g);
	return [...named].map(([, path]) => posix.join(posix.dirname(WINDOW), path ?? ''));
}

function strangers(paths: readonly string[]): string[] {
	const isOurs = (path: string) =>
		/^(dist\/|build\/icons\/rendered\/|package\.json$|LICENSE$|node_modules\/)/.test(path);
	const isForRunning = (path: string) => !/\.(ts|tsx|cts|mts|map|cc|c|h)$|(^|\/)tests?\/|\.(test|spec)\./.test(path);
	return paths.filter((path) => !isOurs(path) || !isForRunning(path)).map((path) => `${path} does not belong there`);
}

function nativesFact({ arch, installed }: PackedApp, paths: readonly string[]): Fact {
	const wanted = [
		`node_modules/@koromix/koffi-linux-${arch}/linux_${arch}/koffi.node`,
		`node_modules/node-hid/prebuilds/HID_hidraw-linux-${arch}/node-napi-v4.node`,
	];
	const unpacked = wanted.map((path) => `resources/app.asar.unpacked/${path}`);
	const others = paths.filter((path) => path.endsWith('.node') && !wanted.includes(path));
	return {
		what: `natives are those for linux-${arch}, unpacked`,
		faults: [...missing(unpacked, installed), ...others.map((path) => `${path} is for another system`)],
	};
}

function fusesFact({ fuses }: PackedApp): Fact {
	const wrong = [...fuses].filter(([name, isOn]) => isOn !== FUSES_ON.includes(name));
	return {
		what: `fuses that are on: ${FUSES_ON.join(', ')}`,
		faults: wrong.map(([name, isOn]) => `${name} is ${isOn ? 'on' : 'off'}`),
	};
}

function sizeFact({ sizeBytes }: PackedApp): Fact {
	const sizeMb = sizeBytes / 1e6;
	const fault = `it adds ${sizeMb.toFixed(1)} MB`;
	return {
		what: `adds ${sizeMb.toFixed(1)} MB to Electron, at most ${MAX_SIZE_MB}`,
		faults: sizeMb <= MAX_SIZE_MB ? [] : [fault],
	};
}
