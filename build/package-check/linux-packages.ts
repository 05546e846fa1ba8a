import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import * as z from 'zod';
import { type CheckResult, findMissing } from './packed-app.ts';

/** The parts of a Linux package besides the app. */
export interface LinuxPackage {
	readonly kind: 'AppImage' | 'deb' | 'rpm';
	readonly desktopEntry: string;
	/** The local path of each additional file, by its path after installation; empty for an AppImage. */
	readonly sources: ReadonlyMap<string, string>;
	/** The texts of the scripts that run as root after installation and removal; empty for an AppImage. */
	readonly scripts: readonly string[];
}

/** The files for the desktop and for udev that deb and rpm must install. */
const TARGETS = [
	'/usr/lib/udev/rules.d/70-fingerprint-service.rules',
	'/usr/share/applications/fingerprint-service.desktop',
	...[16, 48, 256].map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/fingerprint-service.png`),
];

/** The argument of electron-builder's `effectiveOptionComputed`: for an AppImage, or for fpm, which builds deb and rpm. */
const effectiveOption = z.union([z.object({ desktop: z.string() }), z.tuple([z.array(z.string()), z.string()])]);

/**
 * Reads the inputs of a package that electron-builder is about to build, while its temporary files exist.
 *
 * @throws ZodError if `effectiveOptionComputed` received an unexpected argument
 */
export async function readLinuxPackage(option: unknown): Promise<LinuxPackage> {
	const parsed = effectiveOption.parse(option);
	if ('desktop' in parsed) {
		return { kind: 'AppImage', desktopEntry: parsed.desktop, sources: new Map(), scripts: [] };
	}
	const [args, desktopFile] = parsed;
	const optionOf = (flag: string) => args[args.indexOf(flag) + 1] ?? '';
	return {
		kind: z.enum(['deb', 'rpm']).parse(extname(optionOf('--package')).slice(1)),
		desktopEntry: await readFile(desktopFile, 'utf8'),
		sources: new Map(args.flatMap(parseMapping)),
		scripts: [await readFile(optionOf('--after-install'), 'utf8'), await readFile(optionOf('--after-remove'), 'utf8')],
	};
}

/** Parses fpm's `source=/target` for a file to install. A URL with a query may look similar and is excluded. */
function parseMapping(arg: string): [string, string][] {
	const [, source, target] = /^(?!-|\w+:)([^=]+)=(\/.+)$/.exec(arg) ?? [];
	return source === undefined || target === undefined ? [] : [[target, source]];
}

/** Checks the inputs of all three kinds of Linux packages. */
export function checkLinuxPackages(packages: readonly LinuxPackage[]): CheckResult[] {
	const kinds = packages.map(({ kind }) => kind).toSorted();
	const installing = packages.filter(({ kind }) => kind !== 'AppImage');
	const faultsOf = (find: (linuxPackage: LinuxPackage) => string[], among = packages) =>
		among.flatMap((linuxPackage) => find(linuxPackage).map((fault) => `${linuxPackage.kind}: ${fault}`));
	return [
		{
			name: 'packages are AppImage, deb and rpm',
			faults: `${kinds}` === 'AppImage,deb,rpm' ? [] : [`packages are ${kinds}`],
		},
		{ name: 'desktop entries start the app with its sandbox', faults: faultsOf(findDesktopEntryFaults) },
		{
			name: 'deb and rpm contain the udev rules and the icons',
			faults: faultsOf(({ sources }) => findMissing(TARGETS, [...sources.keys()]), installing),
		},
		{
			name: 'deb and rpm make udev reload its rules',
			faults: faultsOf(
				({ scripts }) =>
					scripts.some((script) => !script.includes('udevadm control --reload'))
						? ['a script does not reload the udev rules']
						: [],
				installing,
			),
		},
	];
}

function findDesktopEntryFaults({ desktopEntry }: LinuxPackage): string[] {
	return [
		...(/^Exec=.*(AppRun|fingerprint-service)/m.test(desktopEntry) ? [] : ['the desktop entry does not start the app']),
		...(desktopEntry.includes('--no-sandbox') ? ['the desktop entry disables the sandbox'] : []),
	];
}
