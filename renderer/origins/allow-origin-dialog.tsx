import { useSignal } from '@preact/signals';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { Dialog } from '../components/dialogs/dialog.tsx';
import { Field } from '../components/forms/field.tsx';
import { textInputProps } from '../components/forms/text-input-props.ts';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useNotify, useOperatorStore, useText } from '../window-context.ts';
import { tryParseOriginEntry } from './origin-entry.ts';

/** Allows an origin in advance, before one of its pages tries to connect. */
export function AllowOriginDialog({ onClose }: { readonly onClose: () => void }) {
	const { common, origins } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	const entered = useSignal('');
	const isWrong = useSignal(false);
	const allow = useAction(async (origin: string) => {
		await store.call('origin:decide', { origin, decision: 'allow' });
		onClose();
		notify(origins.allowed(origin));
	});
	const submit = () => {
		const origin = tryParseOriginEntry(entered.value);
		isWrong.value = origin === undefined;
		if (origin !== undefined) allow.run(origin);
	};
	// The service refuses wildcards for public suffixes.
	const isRefused = allow.problem?.details?.field === 'origin';
	const actions = (
		<>
			<Button onClick={onClose}>{common.cancel}</Button>
			<Button variant="primary" isSubmit isBusy={allow.isBusy}>
				{origins.allow}
			</Button>
		</>
	);
	return (
		<Dialog title={origins.addOrigin} onCancel={onClose} onSubmit={submit} actions={actions}>
			<Field
				label={origins.originField}
				hint={origins.originHint}
				error={isWrong.value || isRefused ? origins.originWrong : undefined}
			>
				{(control) => (
					<input
						type="url"
						{...textInputProps(control, {
							value: entered.value,
							isCode: true,
							onChange: (text) => {
								entered.value = text;
							},
						})}
					/>
				)}
			</Field>
			<ProblemBanner problem={isRefused ? undefined : allow.problem} />
		</Dialog>
	);
}
