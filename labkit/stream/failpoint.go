package stream

// failpoint is called where a crash would hurt most, by the name of the place.
// Tests put a crash there.
var failpoint = func(name string) {}
