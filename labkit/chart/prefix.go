package chart

import "flowlab/labkit/internal/errprefix"

// prefix puts the name of the package before the error that an exported function
// returns, if there is one. What it calls returns bare errors.
func prefix(err *error) { errprefix.Add(err, "chart", "") }
