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
	return (
		<Card title={overview.readers}>
			<Readers />
		</Card>
	);
}

function Readers() {
	const { shell, overview } = useText();
	const { topics } = useOperatorStore();
	const readers = topics.readers.value;
	if (readers === undefined) return <p class="field-hint">{shell.unknownState}</p>;
	if (topics.service.value?.phase !== 'running' && readers.length === 0)
		return <p class="field-hint">{overview.noReaderStopped}</p>;
	if (readers.length === 0) return <NoReader />;
	return (
		<>
			{readers.every(({ isVirtual }) => isVirtual) && <p class="readers-hint">{overview.onlyVirtualHelp}</p>}
			<ul class="readers">
				{readers.map((reader) => (
					<ReaderItem key={reader.id} reader={reader} />
				))}
			</ul>
		</>
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
