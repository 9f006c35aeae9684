// Package live puts a stream together: the sources that people have, and triage
// as what is found in them. The command lab stream and the notebook on real time
// use it.
//
//	source, err := live.Open("conn.log", live.Options{Follow: true})
//	err = stream.Pipeline{Source: source, Stage: live.Stage(triage.LiveOptions{}), Store: stream.Store{Dir: "stream.d"}}.Run(ctx)
package live
