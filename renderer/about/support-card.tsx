import { saveTextFile } from '../components/actions/save-text-file.ts';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { Card } from '../components/card.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useNotify, useOperatorStore, useText } from '../window-context.ts';

/** Saves the support file and lists its contents. */
export function SupportCard() {
	const { about } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	const save = useAction(async () => {
		const { fileName, text } = await store.call('support:bundle', {});
		saveTextFile(fileName, text);
		notify(about.bundleSaved(fileName));
	});
	return (
		<Card title={about.support} help={about.supportHelp}>
			<div class="support">
				<ul class="plain-list">
					{about.supportContains.map((part) => (
						<li key={part}>{part}</li>
					))}
				</ul>
				<p>{about.supportWithout}</p>
				<div class="button-row">
					<Button icon="download" isBusy={save.isBusy} onClick={save.run}>
						{about.saveBundle}
					</Button>
				</div>
				<ProblemBanner problem={save.problem} onDismiss={save.clear} />
			</div>
		</Card>
	);
}
