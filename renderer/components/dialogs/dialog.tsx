import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Notices } from '../messages/notices.tsx';
import { restoreFocus } from '../view-header.tsx';

export interface DialogProps {
	readonly title: string;
	readonly children: ComponentChildren;
	/** Buttons, the way out first, what the dialog is for last. */
	readonly actions: ComponentChildren;
	/** Escape was pressed: take the dialog away. Without it the dialog stays until a button is pressed. */
	readonly onCancel?: () => void;
	/** What it is for was confirmed by Enter in a field, or by a button with `isSubmit`. */
	readonly onSubmit?: () => void;
}

/** A modal dialog: open while it is drawn. The focus goes back to where it was, or to the view's heading if that is gone. */
export function Dialog({ title, children, actions, onCancel, onSubmit }: DialogProps) {
	const id = useId();
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => {
		const element = dialog.current;
		element?.showModal();
		return () => {
			element?.close();
			requestAnimationFrame(() => {
				if (document.activeElement === document.body) restoreFocus();
			});
		};
	}, []);
	return (
		<dialog
			ref={dialog}
			class="dialog"
			aria-labelledby={id}
			onCancel={(event) => {
				event.preventDefault();
				onCancel?.();
			}}
			onKeyDown={(event) => {
				// A browser lets the second Escape in a row through, and closes the dialog behind our back.
				if (event.key !== 'Escape') return;
				event.preventDefault();
				onCancel?.();
			}}
		>
			<form
				class="dialog-form"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					onSubmit?.();
				}}
			>
				<h2 id={id}>{title}</h2>
				<div class="dialog-body">{children}</div>
				<div class="dialog-actions">{actions}</div>
			</form>
			<Notices />
		</dialog>
	);
}
