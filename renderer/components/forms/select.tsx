import type { ControlProps } from './field.tsx';

export interface SelectProps<V extends string> {
	readonly control: ControlProps;
	readonly value: V;
	readonly options: readonly { readonly value: V; readonly label: string }[];
	readonly isDisabled?: boolean;
	readonly onChange: (value: V) => void;
}

/** A drop-down list, for use in a `Field`. */
export function Select<V extends string>({ control, value, options, isDisabled, onChange }: SelectProps<V>) {
	const choose = (chosen: string) => {
		const option = options.find((candidate) => candidate.value === chosen);
		if (option) onChange(option.value);
	};
	return (
		<select
			{...control}
			class="input select"
			disabled={isDisabled}
			onChange={(event) => choose(event.currentTarget.value)}
		>
			{options.map((option) => (
				<option key={option.value} value={option.value} selected={option.value === value}>
					{option.label}
				</option>
			))}
		</select>
	);
}
