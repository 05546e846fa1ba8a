import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useText } from '../../window-context.ts';
import { Icon } from '../icon.tsx';

/** Attributes that tie a control to its label, hint and error. Spread them into the element. */
export interface ControlProps {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': boolean;
}

export interface FieldProps {
	readonly label: string;
	readonly hint?: ComponentChildren;
	/** What is wrong and how to correct it. */
	readonly error?: string | undefined;
	readonly isOptional?: boolean;
	/** Renders the control, such as `(control) => <input {...control} class="input" />`. */
	readonly children: (control: ControlProps) => ComponentChildren;
}

/** A control with a label, a hint and an error, connected for screen readers. */
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

/** The error of a control; the control's `aria-describedby` refers to `id`. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
	return (
		<p class="field-error" id={id}>
			<Icon name="error" />
			{text}
		</p>
	);
}
