import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useText } from '../../window-context.ts';
import { Icon } from '../icon.tsx';

/** What a control must carry so that its label, hint and error belong to it: spread it into the element. */
export interface ControlProps {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': boolean;
}

export interface FieldProps {
	readonly label: string;
	readonly hint?: ComponentChildren;
	/** What is wrong and what is right; nothing while there is nothing to say. */
	readonly error?: string | undefined;
	readonly isOptional?: boolean;
	/** Draws the control, such as `(control) => <input {...control} class="input" />`. */
	readonly children: (control: ControlProps) => ComponentChildren;
}

/** A control with label, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, isOptional, children }: FieldProps) {
	const { common } = useText();
	const id = useId();
	const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
	return (
		<div class="field">
			<label for={id}>
				{label}
				{isOptional && <span class="field-optional"> ({common.optional})</span>}
			</label>
			{hint && (
				<p class="field-hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			{children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error !== undefined })}
			{error && <FieldError id={`${id}-error`} text={error} />}
		</div>
	);
}

/** What is wrong with a control; `id` is for the control's `aria-describedby`. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
	return (
		<p class="field-error" id={id}>
			<Icon name="error" />
			{text}
		</p>
	);
}
