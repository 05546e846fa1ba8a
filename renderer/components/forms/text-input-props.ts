import type { ControlProps } from './field.tsx';

export interface TextInputOptions {
	readonly value: string;
	/** True for tokens and addresses: monospaced and written from left to right in every language. */
	readonly isCode?: boolean;
	/** Receives the text after every keystroke. */
	readonly onChange: (text: string) => void;
}

/** Returns the attributes that every text box of one line in a `Field` has: `<input {...textInputProps(control, ...)} />`. */
export function textInputProps(control: ControlProps, { value, isCode = false, onChange }: TextInputOptions) {
	return {
		...control,
		class: isCode ? 'input input-code' : 'input',
		dir: isCode ? 'ltr' : undefined,
		autocomplete: 'off',
		spellcheck: false,
		value,
		onInput: (event: { readonly currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
	} as const;
}
