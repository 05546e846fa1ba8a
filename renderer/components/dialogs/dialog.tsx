import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Notices } from '../messages/notices.tsx';
import { restoreFocus } from '../view-header.tsx';

export interface DialogProps {
	readonly title: string;
	readonly children: ComponentChildren;
	/** The buttons: cancel first, the main action last. */
	readonly actions: ComponentChildren;
	/** Called on Escape. Without it only the buttons close the dialog. */
	readonly onCancel?: () => void;
	/** Called on Enter in a field and on a button with `isSubmit`. */
	readonly onSubmit?: () => void;
}

/** A modal dialog, open while it is rendered. Afterwards the focus returns to the previous element, or to the heading if that is gone. */
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
				// On a second Escape in a row, browsers close the dialog without a cancelable event.
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
