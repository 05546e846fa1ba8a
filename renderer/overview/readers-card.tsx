import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { Card } from '../components/card.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { ReaderItem } from './reader-item.tsx';

/** The readers that are plugged in, or what to do if there are none. */
export function ReadersCard() {
	const { overview } = useText();
	const { topics } = useOperatorStore();
	const readers = topics.readers.value ?? [];
	const isRunning = topics.service.value?.phase === 'running';
	return (
		<Card title={overview.readers}>
			{readers.length > 0 && (
				<ul class="readers">
					{readers.map((reader) => (
						<ReaderItem key={reader.id} reader={reader} />
					))}
				</ul>
			)}
			{readers.length === 0 && (isRunning ? <NoReader /> : <p class="field-hint">{overview.noReaderStopped}</p>)}
		</Card>
	);
}

function NoReader() {
	const { overview } = useText();
	const store = useOperatorStore();
	const setting = store.topics.settings.value?.settings.find(({ field }) => field === 'virtual.enabled');
	const canEnable = setting?.value === false && (setting.source === 'default' || setting.source === 'file');
	const enable = useAction(async () => {
		await store.call('settings:write', { values: { 'virtual.enabled': true } });
		await store.call('service:restart', {});
	});
	return (
		<>
			<EmptyState
				icon="unplugged"
				title={overview.noReader}
				action={
					canEnable && (
						<Button variant="primary" isBusy={enable.isBusy} onClick={enable.run}>
							{overview.tryVirtual}
						</Button>
					)
				}
			>
				{canEnable ? overview.noReaderHelp : overview.noReaderVirtual}
			</EmptyState>
			<ProblemBanner problem={enable.problem} onDismiss={enable.clear} />
		</>
	);
}
