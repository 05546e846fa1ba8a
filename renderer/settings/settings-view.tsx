import { Banner } from '../components/banner.tsx';
import { Card } from '../components/card.tsx';
import { Copyable } from '../components/copyable.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemDetail } from '../components/problem-banner.tsx';
import { useConsole, useText } from '../window-context.ts';
import { SaveBar } from './save-bar.tsx';
import { groupSettings, type SettingGroup } from './setting-groups.ts';
import { SettingRow } from './setting-row.tsx';
import { sectionTitle } from './setting-text.ts';

/** Every setting of the service and of this window, by section. */
export function SettingsView() {
	const { shell, settings: words } = useText();
	const { topics } = useConsole();
	const view = topics.settings.value;
	const groups = groupSettings(view?.settings ?? [], topics.about.value?.isDesktop ?? false);
	return (
		<>
			<PageHeader title={shell.views.settings} lead={words.lead} />
			{view?.problem && (
				<Banner tone="bad" title={words.unreadable}>
					<p>{words.unreadableHelp}</p>
					<ProblemDetail problem={view.problem} />
				</Banner>
			)}
			{groups.map((group) => (
				<GroupCard key={group.section} group={group} />
			))}
			{view && (
				<p class="settings-file field-hint">
					{words.file} <Copyable text={view.file} what={words.fileName} />
				</p>
			)}
			<SaveBar settings={view?.settings ?? []} />
		</>
	);
}

function GroupCard({ group: { section, settings } }: { readonly group: SettingGroup }) {
	const text = useText();
	return (
		<Card title={sectionTitle(text, section)}>
			<div class="settings">
				{settings.map((setting) => (
					<SettingRow key={setting.field} setting={setting} />
				))}
			</div>
		</Card>
	);
}
