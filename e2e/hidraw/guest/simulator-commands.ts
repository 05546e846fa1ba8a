import * as z from 'zod';

/** Kinds of readers that can be plugged in. A `bare-chip` has no module. */
const READER_KINDS = ['zfm', 'r503', 'bare-chip'] as const;

export type ReaderKind = (typeof READER_KINDS)[number];

/** Faults of the module's answers. */
const READER_FAULTS = ['wrong-checksum', 'silence'] as const;

export type ReaderFault = (typeof READER_FAULTS)[number];

/** The commands of the process that simulates the reader. */
const simulatorCommandSchema = z.discriminatedUnion('do', [
	z.object({ do: z.literal('plug'), kind: z.enum(READER_KINDS), serialNumber: z.string() }),
	z.object({ do: z.literal('unplug') }),
	/** Unplugs the reader after this many reports of an image, then answers. */
	z.object({ do: z.literal('unplug-during-upload'), afterReports: z.int().positive() }),
	/** `image`: path of a PGM file. */
	z.object({ do: z.literal('place-finger'), image: z.string() }),
	/** Answered after the next capture without a finger. */
	z.object({ do: z.literal('lift-finger') }),
	/** Affects the next `times` answers: to UpImage (wrong checksum) or to any command (silence). */
	z.object({ do: z.literal('inject-fault'), fault: z.enum(READER_FAULTS), times: z.int().positive() }),
	z.object({ do: z.literal('clear-faults') }),
	/** Whether an unprivileged user may open present and future readers; initially allowed. */
	z.object({ do: z.literal('set-permissions'), isAllowed: z.boolean() }),
]);

export type SimulatorCommand = z.infer<typeof simulatorCommandSchema>;

/** A request. Each is answered when its command is done; answers may come in a different order. */
export const simulatorRequestSchema = z.object({ id: z.int(), command: simulatorCommandSchema });

export type SimulatorRequest = z.infer<typeof simulatorRequestSchema>;

/** `at`: when the command took effect, `monotonicMs`. */
export const simulatorAnswerSchema = z.union([
	z.object({ id: z.int(), at: z.number() }),
	z.object({ id: z.int(), fault: z.string() }),
]);

export type SimulatorAnswer = z.infer<typeof simulatorAnswerSchema>;
