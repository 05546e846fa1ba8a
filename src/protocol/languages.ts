/** The languages of the operator window, the desktop app and the installer: ISO 639-1 code and the language's own name. */
export const LANGUAGES = [
	{ code: 'en', name: 'English' },
	{ code: 'id', name: 'Bahasa Indonesia' },
] as const;

export type Language = (typeof LANGUAGES)[number]['code'];

/** Codes that ISO 639 replaced in 1989 and that browsers and operating systems may still report. */
const OLD_CODES: ReadonlyMap<string, Language> = new Map([['in', 'id']]);

/**
 * Returns the language to use.
 *
 * @param chosen value of the setting `window.language`; anything but a language code means the first supported language of `preferred`
 * @param preferred language tags such as `id-ID`, best first; English if none of them is supported
 */
export function chooseLanguage(chosen: unknown, preferred: readonly string[]): Language {
	const codes = [chosen, ...preferred.map(primaryCode)];
	return codes.flatMap((code) => LANGUAGES.find((language) => language.code === code)?.code ?? [])[0] ?? 'en';
}

function primaryCode(tag: string): string {
	const [code = ''] = tag.toLowerCase().split(/[-_]/);
	return OLD_CODES.get(code) ?? code;
}
