// Package stream is real time: it moves flows from a [Source] through NATS
// JetStream to a [Stage] that finds something in them, and survives a crash of
// any part.
//
//	err := stream.Pipeline{
//		Source: stream.Replay{Flows: flows, Speed: 60},
//		Stage:  stage,
//		Store:  stream.Store{Dir: "stream.d"},
//	}.Run(ctx)
//
// There are three streams. FLOWS holds the flows in blocks, in the order of the
// source; FINDINGS what the stage has found; STATE the stage's checkpoints. The
// server runs inside the program, with its files in a folder and no port, unless
// another is named.
//
// Nothing is lost and nothing comes twice, by four rules:
//
//   - Each block carries the positions in the source where it begins and ends, so
//     that positions and flows are stored by one write. A publisher that starts
//     goes on behind the last block; a worker takes a block that begins where the
//     one before has ended.
//   - Each write says which sequence number it expects to get. One that was lost
//     is thereby followed by none that was not, one that is repeated is refused,
//     and so is a second writer.
//   - The worker is deterministic: what it finds follows from the flows and their
//     order alone. A checkpoint has the stage's state, the last block in it and
//     the number of findings until then. A worker that starts goes on behind that
//     block, and leaves out findings that are stored already.
//   - A checkpoint is written only once all findings before it are stored, and a
//     block is dropped only once all checkpoints that are kept have it.
//
// No rule depends on how long an outage lasts, as a window for duplicates would.
// Where the files of the store are damaged, the newest checkpoint that fits what
// can be read is taken, and what is missing is asked of the source again. What
// cannot be had again is said: flows of such a source as below and, of any, the
// findings in the part of their file that is lost. Their numbers stay empty, and
// a [Pipeline]'s Sink that had them is where they still are.
//
// What a source does not hand out again is lost with the process that read it:
// datagrams, packets, standard input. A crash of the program is not a power cut:
// see [Store] for when files are synced. One machine keeps all of it.
package stream
