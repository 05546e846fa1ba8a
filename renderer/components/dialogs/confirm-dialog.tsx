import type { ComponentChildren } from 'preact';
import { useText } from '../../window-context.ts';
import type { Action } from '../actions/use-action.ts';
import { Button } from '../buttons/button.tsx';
import { ProblemBanner } from '../messages/problem-banner.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
	/** A question. */
	readonly title: string;
	/** What the action removes. */
	readonly children: ComponentChildren;
	/** Fields below the text, if the action has options. */
	readonly fields?: ComponentChildren;
	/** The action as a verb, such as "Revoke". */
	readonly confirm: string;
	/** Runs on confirmation; the dialog shows its progress and its failure. */
	readonly action: Action<[]>;
	readonly onCancel: () => void;
}

/** Asks before something is removed. The caller closes the dialog when the action has succeeded. */
export function ConfirmDialog({ title, children, fields, confirm, action, onCancel }: ConfirmDialogProps) {
	const { common } = useText();
	return (
		<Dialog
			title={title}
			onCancel={onCancel}
			onSubmit={action.run}
			actions={
				<>
					<Button onClick={onCancel}>{common.cancel}</Button>
					<Button variant="danger" isSubmit isBusy={action.isBusy}>
						{confirm}
					</Button>
				</>
			}
		>
			<p>{children}</p>
			{fields}
			<ProblemBanner problem={action.problem} />
		</Dialog>
	);
}
