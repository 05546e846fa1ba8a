import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import * as z from 'zod';
import { type Fact, missing } from './contents.ts';

/** What a package for Linux is made of, besides the app. */
export interface LinuxPackage {
	readonly kind: 'AppImage' | 'deb' | 'rpm';
	readonly desktopEntry: string;
	/** Which file of this machine comes from where, by its path on the machine it is installed on; empty for an AppImage. */
	readonly sources: ReadonlyMap<string, string>;
	/** Text of the scripts that run as root after installation and removal; empty for an AppImage. */
	readonly scripts: readonly string[];
}

/** Where deb and rpm put what the desktop and udev look for. */
const TARGETS = [
	'/usr/lib/udev/rules.d/70-fingerprint-service.rules',
	'/usr/share/applications/fingerprint-service.desktop',
	...[16, 48, 256].map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/fingerprint-service.png`),
];

/** What electron-builder hands to `effectiveOptionComputed`: for an AppImage, or for fpm, which makes deb and rpm. */
const effectiveOption = z.union([z.object({ desktop: z.string() }), z.tuple([z.array(z.string()), z.string()])]);

/**
 * Read what electron-builder is about to make a package of, while its temporary files are there.
 *
 * @throws ZodError for anything that `effectiveOptionComputed` should not get for these kinds
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
		sources: new Map(args.flatMap(mappingOf)),
		scripts: [await readFile(optionOf('--after-install'), 'utf8'), await readFile(optionOf('--after-remove'), 'utf8')],
	};
}

/** fpm takes `source=/target` for a file to install; an address may look alike. */
function mappingOf(arg: string): [string, string][] {
	const [, source, target] = /^(?!-|\w+:)([^=]+)=(\/.+)$/.exec(arg) ?? [];
	return source === undefined || target === undefined ? [] : [[target, source]];
}

/** What must hold for the packages, each with what is wrong with it. */
export function gatherLinuxFacts(packages: readonly LinuxPackage[]): Fact[] {
	const kinds = packages.map(({ kind }) => kind).toSorted();
	const installing = packages.filter(({ kind }) => kind !== 'AppImage');
	const faultsOf = (find: (made: LinuxPackage) => string[], among = packages) =>
		among.flatMap((made) => find(made).map((fault) => `${made.kind}: ${fault}`));
	return [
		{
			what: 'made into AppImage, deb and rpm',
			faults: `${kinds}` === 'AppImage,deb,rpm' ? [] : [`made into ${kinds}`],
		},
		{ what: 'desktop entries start the app, in its sandbox', faults: faultsOf(desktopFaults) },
		{
			what: 'deb and rpm bring the udev rules and the icons',
			faults: faultsOf(({ sources }) => missing(TARGETS, [...sources.keys()]), installing),
		},
		{
			what: 'deb and rpm tell udev about the rules',
			faults: faultsOf(
				({ scripts }) =>
					scripts.some((script) => !script.includes('udevadm control --reload')) ? ['a script does not'] : [],
				installing,
			),
		},
	];
}

function desktopFaults({ desktopEntry }: LinuxPackage): string[] {
	return [
		...(/^Exec=.*(AppRun|fingerprint-service)/m.test(desktopEntry) ? [] : ['its desktop entry starts something else']),
		...(desktopEntry.includes('--no-sandbox') ? ['its desktop entry leaves the sandbox out'] : []),
	];
}
