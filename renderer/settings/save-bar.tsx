import { OperatorFailure, type SettingView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/button.tsx';
import { keepFocus } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useNotify, useText, useWindow } from '../window-context.ts';
import { faultsOf } from './faults.ts';
import { faultInWords } from './setting-text.ts';

/** The changes that are not saved yet, with save and discard; nothing while there are none. */
export function SaveBar({ settings }: { readonly settings: readonly SettingView[] }) {
	const { common, settings: words } = useText();
	const { settingsDraft: draft } = useWindow();
	const save = useSave(settings);
	const changes = draft.entries.value.size;
	const faults = draft.faults.value.size;
	if (changes === 0) return null;
	return (
		<section class="save-bar" aria-label={words.unsaved(changes)}>
			<ProblemBanner problem={save.problem} onDismiss={save.clear} />
			<div class="save-bar-row">
				<p role="status">
					{words.unsaved(changes)}
					{faults > 0 && <strong class="save-bar-faults"> {common.invalidFields(faults)}</strong>}
				</p>
				<Button
					onClick={() => {
						save.clear();
						draft.discard();
						keepFocus();
					}}
				>
					{words.discard}
				</Button>
				<Button variant="primary" isBusy={save.isBusy} onClick={save.run}>
					{words.save}
				</Button>
			</div>
		</section>
	);
}

/** Sends the draft; what is refused is said at its field, and the first of those takes the focus. */
function useSave(settings: readonly SettingView[]) {
	const { settingsDraft: draft, text } = useWindow();
	const store = useConsole();
	const notify = useNotify();
	const refuse = (faults: ReadonlyMap<string, string>) => {
		const named = (field: string) => settings.find((setting) => setting.field === field);
		draft.refuse(new Map([...faults].map(([field, said]) => [field, faultInWords(text.value, named(field), said)])));
		requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
	};
	return useAction(async () => {
		const { values, notNumbers } = draft.outcome(settings);
		if (notNumbers.length > 0) return refuse(new Map(notNumbers.map((field) => [field, ''])));
		try {
			await store.call('settings:write', { values });
		} catch (thrown) {
			const faults = thrown instanceof OperatorFailure ? faultsOf(thrown.problem) : undefined;
			if (faults === undefined) throw thrown;
			return refuse(faults);
		}
		draft.discard();
		keepFocus();
		// In the language that was perhaps just chosen.
		notify(text.value.settings.saved);
	});
}
