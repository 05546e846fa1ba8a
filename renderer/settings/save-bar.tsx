import { OperatorFailure, type SettingView } from '../../src/operator/contract.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { restoreFocus } from '../components/view-header.tsx';
import { useNotify, useOperatorStore, useText, useWindowServices } from '../window-context.ts';
import { type FieldError, fieldErrorsOf } from './field-errors.ts';
import { fieldErrorText } from './setting-text.ts';

/** Shows the number of unsaved changes with buttons to save and discard them; nothing without changes. */
export function SaveBar({ settings }: { readonly settings: readonly SettingView[] }) {
	const { common, settings: text } = useText();
	const { settingsDraft: draft } = useWindowServices();
	const save = useSave(settings);
	const changes = settings.filter((setting) => draft.entryFor(setting) !== undefined).length;
	const errors = draft.fieldErrors.value.size;
	if (changes === 0) return null;
	return (
		<section class="save-bar" aria-label={text.unsaved(changes)}>
			<ProblemBanner problem={save.problem} onDismiss={save.clear} />
			<div class="save-bar-row">
				<p role="status">
					{text.unsaved(changes)}
					{errors > 0 && <strong class="save-bar-errors"> {common.invalidFields(errors)}</strong>}
				</p>
				<Button
					onClick={() => {
						save.clear();
						draft.discard();
						restoreFocus();
					}}
				>
					{text.discard}
				</Button>
				<Button variant="primary" isBusy={save.isBusy} onClick={save.run}>
					{text.save}
				</Button>
			</div>
		</section>
	);
}

/** Returns the action that saves the draft. A refused value gets an error at its field, and the first such field gets the focus. */
function useSave(settings: readonly SettingView[]) {
	const { settingsDraft: draft, text } = useWindowServices();
	const store = useOperatorStore();
	const notify = useNotify();
	const show = (errors: readonly (readonly [field: string, text: string])[]) => {
		draft.showErrors(new Map(errors));
		requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
	};
	return useAction(async () => {
		const errorText = (field: string, error: FieldError) =>
			fieldErrorText(
				text.value,
				settings.find((setting) => setting.field === field),
				error,
			);
		const { values, replaces, invalidNumbers, conflicts } = draft.outcome(settings);
		const faults = [
			...conflicts.map((field) => [field, errorText(field, 'changed')] as const),
			...invalidNumbers.map((field) => [field, errorText(field, 'not-a-number')] as const),
		];
		if (faults.length > 0) return show(faults);
		try {
			await store.call('settings:write', { values, replaces });
		} catch (thrown) {
			const errors = thrown instanceof OperatorFailure ? fieldErrorsOf(thrown.problem) : undefined;
			if (errors === undefined) throw thrown;
			return show([...errors].map(([field, error]) => [field, errorText(field, error)] as const));
		}
		draft.discard();
		restoreFocus();
		// The language may just have been changed, so the text is read again.
		notify(text.value.settings.saved);
	});
}
