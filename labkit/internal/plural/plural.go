// Package plural writes numbers of things in English.
package plural

import (
	"fmt"
	"strings"
)

// Of writes a number and a noun, which takes an s unless the number is 1; a y
// after a consonant becomes ies.
func Of(n int, noun string) string {
	stem, y := strings.CutSuffix(noun, "y")
	switch {
	case n == 1:
	case y && !strings.ContainsAny(stem[max(0, len(stem)-1):], "aeiou"):
		noun = stem + "ies"
	default:
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

// Be returns the verb for a number of things: is for 1, and are for any other.
func Be(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
