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
	return Number(n) + " " + noun
}

// Number writes a number with commas between thousands.
func Number(n int) string {
	digits, sign := fmt.Sprint(n), 0
	if n < 0 {
		sign = 1
	}
	for at := len(digits) - 3; at > sign; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// Be returns the verb for a number of things: is for 1, and are for any other.
func Be(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
