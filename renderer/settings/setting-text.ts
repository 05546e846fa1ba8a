import type { SettingValue, SettingView } from '../../src/operator/contract.ts';
import type { Text } from '../text/text.ts';

/** What the window says about a setting. */
export interface SettingWords {
	readonly label: string;
	readonly help: string | undefined;
}

/** Label and help in the operator's language; of a setting that the window does not know, the service's own description. */
export function wordsOf({ settings }: Text, setting: SettingView): SettingWords {
	return lookUp<SettingWords>(settings.fields, setting.field) ?? { label: setting.description, help: undefined };
}

/** What a setting does, and of a number its range. */
export function hintOf(text: Text, setting: SettingView): string {
	const { help } = wordsOf(text, setting);
	return [help, setting.kind === 'number' && text.settings.range(...rangeOf(text, setting))].filter(Boolean).join('. ');
}

/**
 * What is said at a field that was refused.
 *
 * @param said the service's own words, as the end of a sentence in English
 */
export function faultInWords(text: Text, setting: SettingView | undefined, said: string): string {
	if (setting?.kind === 'number') return text.settings.numberBetween(...rangeOf(text, setting));
	return said.slice(0, 1).toUpperCase() + said.slice(1);
}

/** The heading of a section such as `server`; its name where the window does not know it. */
export function sectionTitle({ settings }: Text, section: string): string {
	return lookUp<string>(settings.sections, section) ?? section;
}

/** One of the choices of a setting in words. */
export function choiceLabel({ settings }: Text, field: string, choice: string): string {
	const choices = lookUp<Readonly<Record<string, string>>>(settings.choices, field);
	return (choices && lookUp<string>(choices, choice)) ?? choice;
}

/** A value in words, such as "10,000 ms", "On" or "empty". */
export function valueInWords(text: Text, setting: SettingView, value: SettingValue): string {
	if (typeof value === 'boolean') return value ? text.common.on : text.common.off;
	if (typeof value === 'number')
		return isDuration(setting) ? `${text.formats.number(value)} ${text.settings.milliseconds}` : String(value);
	if (typeof value === 'string')
		return value === '' ? text.settings.emptyValue : choiceLabel(text, setting.field, value);
	return value.length === 0 ? text.settings.emptyValue : text.formats.list(value);
}

function rangeOf({ formats }: Text, setting: SettingView & { kind: 'number' }): [min: string, max: string] {
	const write = isDuration(setting) ? formats.number : String;
	return [write(setting.min), write(setting.max)];
}

/** Whether a number is a time in ms. */
export function isDuration({ field }: SettingView): boolean {
	return field.endsWith('Ms');
}

function lookUp<V>(words: Readonly<Record<string, V>>, name: string): V | undefined {
	return Object.hasOwn(words, name) ? words[name] : undefined;
}
