import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { FieldError } from './field.tsx';

/** One option and its explanation. */
export interface Choice<V extends string> {
	readonly value: V;
	readonly label: string;
	readonly help: ComponentChildren;
}

export interface ChoiceGroupProps<V extends string> {
	readonly label: string;
	/** `name` attribute of the controls; a form uses it to focus the first invalid one. */
	readonly name: string;
	/** `radio`: exactly one; `checkbox`: any of them. */
	readonly type: 'radio' | 'checkbox';
	readonly choices: readonly Choice<V>[];
	readonly chosen: readonly V[];
	readonly error?: string | undefined;
	/** Receives all chosen values in the order of `choices`. */
	readonly onChange: (chosen: readonly V[]) => void;
}

/** A group of radio buttons or checkboxes, each with an explanation. */
export function ChoiceGroup<V extends string>(props: ChoiceGroupProps<V>) {
	const { label, name, type, choices, chosen, error, onChange } = props;
	const id = useId();
	const set = (value: V, isChosen: boolean) => {
		const isKept = (other: V) => (other === value ? isChosen : type === 'checkbox' && chosen.includes(other));
		onChange(choices.map((choice) => choice.value).filter(isKept));
	};
	return (
		<fieldset class="choice-group" aria-describedby={error === undefined ? undefined : `${id}-error`}>
			<legend>{label}</legend>
			{choices.map((choice) => (
				<label key={choice.value} class="choice">
					<input
						type={type}
						name={name}
						checked={chosen.includes(choice.value)}
						onChange={(event) => set(choice.value, event.currentTarget.checked)}
					/>
					<span>
						<span class="choice-label">{choice.label}</span>
						<span class="choice-help">{choice.help}</span>
					</span>
				</label>
			))}
			{error !== undefined && <FieldError id={`${id}-error`} text={error} />}
		</fieldset>
	);
}
