import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface SwitchProps {
	readonly label: string;
	readonly hint?: ComponentChildren;
	readonly isOn: boolean;
	readonly isDisabled?: boolean;
	readonly onChange: (isOn: boolean) => void;
}

/** An on/off switch with its label before it. */
export function Switch({ label, hint, isOn, isDisabled, onChange }: SwitchProps) {
	const id = useId();
	return (
		<div class="switch">
			<div class="switch-text">
				<label for={id}>{label}</label>
				{hint && (
					<p class="field-hint" id={`${id}-hint`}>
						{hint}
					</p>
				)}
			</div>
			<input
				class="switch-input"
				type="checkbox"
				role="switch"
				id={id}
				checked={isOn}
				aria-checked={isOn}
				disabled={isDisabled}
				aria-describedby={hint ? `${id}-hint` : undefined}
				onChange={(event) => onChange(event.currentTarget.checked)}
			/>
		</div>
	);
}
