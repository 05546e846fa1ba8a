import { type Fact, type PackedApp, readPackage } from './contents.ts';

/** What ws runs without. */
const OPTIONAL_LIBRARIES = ['bufferutil', 'utf-8-validate'];

/** What the bundles import and what that depends on, as far as it is packed, and nothing else. */
export function librariesFact(app: PackedApp, imported: ReadonlySet<string>): Fact {
	const packed = packedLibraries(app);
	const wanted = new Set([...imported].filter((library) => !OPTIONAL_LIBRARIES.includes(library)));
	const faults = [...wanted].filter((library) => !packed.has(library)).map((library) => `${library} is not packed`);
	for (const library of wanted) {
		if (!packed.has(library)) continue;
		const { dependencies, optionalDependencies } = readPackage(app, `node_modules/${library}/package.json`);
		for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
			if (packed.has(name)) wanted.add(name);
	}
	const needless = [...packed].filter((library) => !wanted.has(library));
	return {
		what: `libraries are ${[...packed].join(', ')}`,
		faults: [...faults, ...needless.map((library) => `${library} is packed, and nobody imports it`)],
	};
}

/** Of each library that the project depends on and that is bundled, hence not packed, the licence lies beside the app. */
export function licencesFact(app: PackedApp): Fact {
	const packed = packedLibraries(app);
	const bundled = Object.keys(readPackage(app, 'package.json').dependencies).filter((library) => !packed.has(library));
	const hasLicence = (library: string) =>
		app.installed.some((path) => path.toLowerCase().startsWith(`resources/licences/${library}/license`));
	return {
		what: `licences of what is bundled (${bundled.join(', ')}) are there`,
		faults: bundled.filter((library) => !hasLicence(library)).map((library) => `${library} has none`),
	};
}

function packedLibraries({ files }: PackedApp): Set<string> {
	return new Set(
		files.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? []),
	);
}
