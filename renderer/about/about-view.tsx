import { Card } from '../components/card.tsx';
import { Copyable } from '../components/copyable.tsx';
import { Facts } from '../components/facts.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { useConsole, useText } from '../window-context.ts';
import { SupportCard } from './support-card.tsx';

/** Where the description of the interface is, in the source of this program. */
const API_PAGE = 'src/protocol/README.md';

/** What this program is, where its files are, and how to get help. */
export function AboutView() {
	const { shell, about } = useText();
	return (
		<>
			<PageHeader title={shell.views.about} lead={about.lead} />
			<ProgramCard />
			<FoldersCard />
			<SupportCard />
			<Card title={about.documentation}>
				<p>
					{about.documentationHelp} <code dir="ltr">{API_PAGE}</code>
				</p>
			</Card>
		</>
	);
}

function ProgramCard() {
	const { about } = useText();
	const program = useConsole().topics.about.value;
	if (program === undefined) return null;
	return (
		<Card title={about.program}>
			<Facts
				facts={[
					{ name: about.version, value: program.version },
					{ name: about.platform, value: program.platform },
					{ name: about.runtime, value: program.runtime },
					{ name: about.licence, value: about.licenceMit },
				]}
			/>
		</Card>
	);
}

function FoldersCard() {
	const { about } = useText();
	const program = useConsole().topics.about.value;
	if (program === undefined) return null;
	return (
		<Card title={about.folders} help={about.foldersHelp}>
			<Facts
				facts={[
					{ name: about.dataDir, value: <Copyable text={program.dataDir} what={about.dataDir} /> },
					{ name: about.logsDir, value: <Copyable text={program.logsDir} what={about.logsDir} /> },
				]}
			/>
		</Card>
	);
}
