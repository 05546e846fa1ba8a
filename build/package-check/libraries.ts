import { type CheckResult, type PackedApp, readPackageJson } from './packed-app.ts';

/** Libraries that ws uses only when they are installed. */
const OPTIONAL_LIBRARIES = ['bufferutil', 'utf-8-validate'];

/** Checks that the libraries imported by the bundles are packed, and no others except their dependencies. */
export function checkLibraries(app: PackedApp, imported: ReadonlySet<string>): CheckResult {
	const packed = packedLibraries(app);
	const wanted = new Set([...imported].filter((library) => !OPTIONAL_LIBRARIES.includes(library)));
	const faults = [...wanted].filter((library) => !packed.has(library)).map((library) => `${library} is not packed`);
	for (const library of wanted) {
		if (!packed.has(library)) continue;
		const { dependencies, optionalDependencies } = readPackageJson(app, `node_modules/${library}/package.json`);
		for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
			if (packed.has(name)) wanted.add(name);
	}
	const unused = [...packed].filter((library) => !wanted.has(library));
	return {
		name: `libraries are ${[...packed].join(', ')}`,
		faults: [...faults, ...unused.map((library) => `${library} is packed but not imported`)],
	};
}

/** Checks that the licence of each bundled library is included. Packed libraries contain theirs. */
export function checkLicences(app: PackedApp): CheckResult {
	const packed = packedLibraries(app);
	const bundled = Object.keys(readPackageJson(app, 'package.json').dependencies).filter(
		(library) => !packed.has(library),
	);
	const hasLicence = (library: string) =>
		app.installed.some((path) => path.toLowerCase().startsWith(`resources/licences/${library}/license`));
	return {
		name: `licences of bundled libraries (${bundled.join(', ')}) are included`,
		faults: bundled.filter((library) => !hasLicence(library)).map((library) => `${library} has no licence`),
	};
}

function packedLibraries({ files }: PackedApp): Set<string> {
	return new Set(
		files.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? []),
	);
}
