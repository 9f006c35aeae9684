// Package bench measures labkit beside scikit-learn, PyOD, isotree, pandas,
// nfstream, tshark, bytewax and River: the same data, the same parameters, one
// run, and labels compared on the way.
//
// Every system works in a process of its own. A process is started for a task
// and a number of rows, runs the task once to warm up, and then once whenever it
// is its turn: the turns go round, so that whatever slows the machine down slows
// all systems alike. Times are taken inside the processes, around the work alone;
// memory is the peak of the process after its first run.
//
//	grid.go     what is measured: tasks, rows, systems
//	data.go     the data: the lab's flows and a Zeek log, in as many rows as asked for
//	packets.go  the capture, of as many packets
//	online.go   streams of rows and of numbers, and the online detectors
//	windows.go  the flows of the sliding windows, and the operator
//	arrivals.go the flows of the stream, each due at a time of its own
//	openloop.go the whole stream at fixed rates
//	process.go  the processes and how they are spoken to
//	worker.go   the Go side: a process that runs labkit
//	peers.py    the Python side: a process that runs a peer
//	run.go      the rounds
//	report.go   the tables
//	goals.go    what is to be shown, and whether it is
//	picture.go  the picture of time against rows
//
// The lab's twelve steps are timed as notebooks too, by one client, in turns:
// lab_go.ipynb and lab_python.ipynb, with notebooks.go and notebooks.py.
//
// tshark is a program that Debian has and pip has not: where it is not
// installed, the report says so in its place. Its memory is its own, in a run
// apart; that of nfstream is the largest of its processes'.
//
// A further comparison is a group in grid.go, a function in worker.go and one in
// peers.py (or a program of its own that speaks the lines of process.go).
package bench
