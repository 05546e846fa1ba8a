import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type IssuedKey, OperatorFailure } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { Dialog } from '../components/dialogs/dialog.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { NewKeyFields } from './new-key-fields.tsx';
import { EMPTY_KEY_FORM, findFormError, type KeyFormError, type NewKeyForm, toNewKeyInput } from './new-key-form.ts';

export interface NewKeyDialogProps {
	readonly onCancel: () => void;
	readonly onIssued: (issued: IssuedKey) => void;
}

/** A form that creates a key and shows the error of the field that the service refuses. */
export function NewKeyDialog({ onCancel, onIssued }: NewKeyDialogProps) {
	const { keys, common } = useText();
	const store = useOperatorStore();
	const form = useSignal<NewKeyForm>(EMPTY_KEY_FORM);
	const error = useSignal<KeyFormError | undefined>(undefined);
	const edit = (change: Partial<NewKeyForm>) => {
		form.value = { ...form.value, ...change };
	};
	const fields = useRef<HTMLDivElement>(null);
	const create = useAction(async () => {
		error.value = undefined;
		const input = toNewKeyInput(form.value, Date.now());
		if ('field' in input) {
			error.value = input;
			return;
		}
		try {
			onIssued(await store.call('key:create', input));
		} catch (thrown) {
			if (thrown instanceof OperatorFailure) error.value = findFormError(thrown.problem, form.value);
			if (error.value === undefined) throw thrown;
		}
	});
	useEffect(() => {
		const control = error.value && fields.current?.querySelector<HTMLElement>(`[name="${error.value.field}"]`);
		control?.focus();
		// The error is below the control, so the whole field is scrolled into view.
		control?.closest('.field, .choice-group')?.scrollIntoView({ block: 'nearest' });
	}, [error.value]);
	return (
		<Dialog
			title={keys.form.title}
			onCancel={onCancel}
			onSubmit={create.run}
			actions={
				<>
					<Button onClick={onCancel}>{common.cancel}</Button>
					<Button variant="primary" isSubmit isBusy={create.isBusy}>
						{keys.form.submit}
					</Button>
				</>
			}
		>
			<ProblemBanner problem={create.problem} />
			<div ref={fields} class="key-form">
				<NewKeyFields form={form.value} error={error.value} onChange={edit} />
			</div>
		</Dialog>
	);
}
