package labkit

import "flowlab/labkit/internal/errprefix"

// prefix puts the names of labkit and of an exported function before the error
// that it returns, if there is one. What it calls returns bare errors.
func prefix(err *error, function string) { errprefix.Add(err, "labkit", function) }
