import * as z from 'zod';

/** A kind of reader that can be plugged in: bare chips have no module behind them. */
const READER_KINDS = ['zfm', 'r503', 'bare-chip'] as const;

export type ReaderKind = (typeof READER_KINDS)[number];

/** How answers of the module go wrong. */
const TROUBLES = ['wrong-checksum', 'silence'] as const;

export type Trouble = (typeof TROUBLES)[number];

/** What the process that plays the reader can be told, one command at a time. */
const emulatorCommandSchema = z.discriminatedUnion('do', [
	z.object({ do: z.literal('plug'), kind: z.enum(READER_KINDS), serialNumber: z.string() }),
	z.object({ do: z.literal('unplug') }),
	/** Done once so many reports of a picture are on their way and the plug is pulled. */
	z.object({ do: z.literal('unplug-in-upload'), afterReports: z.int().positive() }),
	/** `picture`: a PGM file. */
	z.object({ do: z.literal('put-down'), picture: z.string() }),
	/** Done once the sensor has been looked at without a finger. */
	z.object({ do: z.literal('lift') }),
	/** The next `times` answers go wrong: to UpImage (wrong checksum) or to any command (silence). */
	z.object({ do: z.literal('disturb'), trouble: z.enum(TROUBLES), times: z.int().positive() }),
	z.object({ do: z.literal('mend') }),
	/** Whether an ordinary user may open the reader that is plugged in, and the next ones; at first it may. */
	z.object({ do: z.literal('set-rights'), areGranted: z.boolean() }),
]);

export type EmulatorCommand = z.infer<typeof emulatorCommandSchema>;

/** Commands are answered when they are done, which need not be in their order. */
export const emulatorRequestSchema = z.object({ id: z.int(), command: emulatorCommandSchema });

export type EmulatorRequest = z.infer<typeof emulatorRequestSchema>;

/** `at`: the moment right before the command took effect, `monotonicMs`. */
export const emulatorAnswerSchema = z.union([
	z.object({ id: z.int(), at: z.number() }),
	z.object({ id: z.int(), fault: z.string() }),
]);

export type EmulatorAnswer = z.infer<typeof emulatorAnswerSchema>;
