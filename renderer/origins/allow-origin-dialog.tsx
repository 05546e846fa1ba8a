import { useSignal } from '@preact/signals';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useNotify, useText } from '../window-context.ts';
import { tryParseOriginEntry } from './origin-entry.ts';

/** Allows an origin before its first page has tried to connect. */
export function AllowOriginDialog({ onClose }: { readonly onClose: () => void }) {
	const { common, pages } = useText();
	const store = useConsole();
	const notify = useNotify();
	const entered = useSignal('');
	const isWrong = useSignal(false);
	const allow = useAction(async (origin: string) => {
		await store.call('origin:decide', { origin, decision: 'allow' });
		onClose();
		notify(pages.allowed(origin));
	});
	const submit = () => {
		const origin = tryParseOriginEntry(entered.value);
		isWrong.value = origin === undefined;
		if (origin !== undefined) allow.run(origin);
	};
	const actions = (
		<>
			<Button onClick={onClose}>{common.cancel}</Button>
			<Button variant="primary" isSubmit isBusy={allow.isBusy}>
				{pages.allow}
			</Button>
		</>
	);
	return (
		<Dialog title={pages.addOrigin} onCancel={onClose} onSubmit={submit} actions={actions}>
			<Field label={pages.originField} hint={pages.originHint} error={isWrong.value ? pages.originWrong : undefined}>
				{(control) => (
					<input
						{...control}
						class="input input-code"
						type="url"
						dir="ltr"
						autocomplete="off"
						value={entered.value}
						onInput={(event) => {
							entered.value = event.currentTarget.value;
						}}
					/>
				)}
			</Field>
			<ProblemBanner problem={allow.problem} />
		</Dialog>
	);
}
