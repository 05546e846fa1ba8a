import type { SettingValue, SettingView } from '../../src/operator/contract.ts';
import { isDuration, toShownNumber } from '../settings-draft.ts';
import type { WindowText } from '../text/window-text.ts';
import type { FieldError } from './field-errors.ts';

/** The texts of a setting in the window. */
export interface SettingLabels {
	readonly label: string;
	readonly help: string | undefined;
}

/** Returns label and help in the operator's language, or the service's own description of a setting without such texts. */
export function labelsOf({ settings }: WindowText, setting: SettingView): SettingLabels {
	return lookUp<SettingLabels>(settings.fields, setting.field) ?? { label: setting.description, help: undefined };
}

/** Returns the help of a setting, followed by the range of a number. */
export function hintOf(text: WindowText, setting: SettingView): string {
	const { help } = labelsOf(text, setting);
	return [help, setting.kind === 'number' && text.settings.range(...rangeOf(text, setting))].filter(Boolean).join('. ');
}

/** Returns the error text of a field with a refused value. */
export function fieldErrorText(text: WindowText, setting: SettingView | undefined, error: FieldError): string {
	if (error === 'changed') return text.settings.chooseValue;
	const isRange = error === 'not-a-number' || error.reason.startsWith('allowed:');
	if (setting?.kind === 'number' && isRange && isDuration(setting))
		return text.settings.secondsBetween(...rangeOf(text, setting));
	if (setting?.kind === 'number' && isRange) return text.settings.numberBetween(...rangeOf(text, setting));
	const reason = error === 'not-a-number' ? '' : error.reason;
	return reason.slice(0, 1).toUpperCase() + reason.slice(1);
}

/** Returns the label of one choice of a setting. */
export function choiceLabel({ settings }: WindowText, field: string, choice: string): string {
	const choices = lookUp<Readonly<Record<string, string>>>(settings.choices, field);
	return (choices && lookUp<string>(choices, choice)) ?? choice;
}

/** Returns a value as text, such as "10 s", "On" or "empty". */
export function formatSettingValue(text: WindowText, setting: SettingView, value: SettingValue): string {
	if (typeof value === 'boolean') return value ? text.common.on : text.common.off;
	if (typeof value === 'number')
		return isDuration(setting)
			? `${text.formats.number(toShownNumber(setting, value))} ${text.settings.seconds}`
			: String(value);
	if (typeof value === 'string')
		return value === '' ? text.settings.emptyValue : choiceLabel(text, setting.field, value);
	return value.length === 0 ? text.settings.emptyValue : text.formats.list(value);
}

function rangeOf({ formats }: WindowText, setting: SettingView & { kind: 'number' }): [min: string, max: string] {
	const format = isDuration(setting) ? formats.number : String;
	return [format(toShownNumber(setting, setting.min)), format(toShownNumber(setting, setting.max))];
}

function lookUp<V>(texts: Readonly<Record<string, V>>, name: string): V | undefined {
	return Object.hasOwn(texts, name) ? texts[name] : undefined;
}
