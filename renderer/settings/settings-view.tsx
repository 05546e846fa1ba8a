import type { SettingGroup, SettingView } from '../../src/operator/contract.ts';
import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Card } from '../components/card.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { ProblemDetail } from '../components/messages/problem-banner.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { SaveBar } from './save-bar.tsx';
import { groupSettings } from './setting-groups.ts';
import { SettingRow } from './setting-row.tsx';

/** Shows every setting of the service, the desktop app and this window by group. */
export function SettingsView() {
	const { shell, settings: text } = useText();
	const { topics } = useOperatorStore();
	const view = topics.settings.value;
	const groups = groupSettings(view?.settings ?? [], topics.about.value?.isDesktop ?? false);
	return (
		<>
			<ViewHeader title={shell.views.settings} lead={text.lead} />
			{view?.problem && (
				<Banner tone="bad" title={text.unreadable}>
					<p>{text.unreadableHelp}</p>
					<ProblemDetail problem={view.problem} />
				</Banner>
			)}
			{groups.map(([group, settings]) => (
				<GroupCard key={group} group={group} settings={settings} />
			))}
			{view && (
				<p class="settings-file field-hint">
					{text.file} <CopyableCode text={view.file} what={text.fileName} />
				</p>
			)}
			<SaveBar settings={view?.settings ?? []} />
		</>
	);
}

interface GroupCardProps {
	readonly group: SettingGroup;
	readonly settings: readonly SettingView[];
}

function GroupCard({ group, settings }: GroupCardProps) {
	const text = useText().settings;
	return (
		<Card title={text.groups[group]}>
			<div class="settings">
				{settings.map((setting) => (
					<SettingRow key={setting.field} setting={setting} />
				))}
			</div>
		</Card>
	);
}
