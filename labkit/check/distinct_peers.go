package check

import (
	"maps"
	"slices"
	"strings"

	"flowlab/labkit/internal/exam"
)

var distinctPeers = &exam.Exercise{
	ID:       "distinct-peers",
	Notebook: "12_real_traffic",
	Section:  "Counting instead of scoring",
	Title:    "How many different peers",
	Hints: []string{
		"You need to remember, for each key, which values it was seen with. A map of maps can: map[string]map[string]bool.",
		"Make the inner map when a key comes for the first time: if seen[key] == nil { seen[key] = map[string]bool{} }. Then seen[key][value] = true, however often.",
		"At the end, for key, values := range seen { counts[key] = len(values) }, with counts := map[string]int{} made before",
	},
	Answer: distinctCounts,
	Params: []string{"keys", "values"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]string{"a", "a", "a", "b"}, []string{"x", "y", "x", "x"}},
			{[]string{"a", "b", "a", "b"}, []string{"x", "x", "x", "x"}},
			{[]string{"10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1"}, []string{"10.0.0.2", "10.0.0.3", "10.0.0.2", "10.0.0.2"}},
			{[]string{"10.0.0.1", "10.0.0.12", "10.0.0.1", "210.0.0.1"}, []string{"22", "2", "2", "2"}}, // alike when glued together, either way
			{[]string{"web", "web-1", "web"}, []string{"1-a", "a", ""}},
			{[]string{"a", "a", "a", "a"}, []string{"x", "x", "y", "x"}},
			{[]string{"a", "a", "b"}, []string{"X", "x", "x"}}, // two values
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for _, key := range keys {
				counts[key]++
			}
			return counts
		},
			Says: "This counts flows. A value that a key was seen with before does not count again."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[string]bool{}, map[string]int{}
			for i, key := range keys {
				if !seen[values[i]] {
					seen[values[i]] = true
					counts[key]++
				}
			}
			return counts
		},
			Says: "A value counts only for the first key that it was seen with. Each key needs a set of its own."},
		{Answer: gluedCounts(func(key, value string) string { return value + key }),
			Says: "Value and key are glued together, and other pairs make the same text: 22 with 10.0.0.1 and 2 with 210.0.0.1. Use a set for each key, or a struct of both as the key."},
		{Answer: gluedCounts(func(key, value string) string { return key + value }),
			Says: "Key and value are glued together, and other pairs make the same text: 10.0.0.1 with 22 and 10.0.0.12 with 2. Use a set for each key, or a struct of both as the key."},
		{Answer: func(keys, values []string) map[string]int {
			last, counts := map[string]string{}, map[string]int{}
			for i, key := range keys {
				if last[key] != values[i] {
					counts[key]++
				}
				last[key] = values[i]
			}
			return counts
		},
			Says: "This compares a value with the key's last one. It may have been seen before that: keep all of them."},
		{Answer: func(keys, values []string) map[string]int {
			all, counts := map[string]bool{}, map[string]int{}
			for _, v := range values {
				all[v] = true
			}
			for _, key := range keys {
				counts[key] = len(all)
			}
			return counts
		},
			Says: "Every key has the number of all different values. Count each key's own."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[[2]string]bool{}, map[string]int{}
			for i, key := range keys {
				pair := [2]string{key, values[i]}
				if seen[pair] {
					counts[key]++
				}
				seen[pair] = true
			}
			return counts
		},
			Says: "This counts the repetitions. Count a pair when it is seen for the first time."},
		{Answer: changedCounts(func(int) int { return 1 }),
			Says: "Every key has 1: its set or its count begins anew with each row. Keep both, and count the values: counts[key]++ for each that is new to the key."},
		{Answer: changedCounts(func(n int) int { return n + 1 }),
			Says: "Every count is one too many. A key begins at 0, and the first value makes it 1."},
		{Answer: changedCounts(func(n int) int { return n - 1 }),
			Says: "Every count is one too few: the first value of a key counts as well."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				if i == 0 || values[i] != values[i-1] {
					counts[key]++
				}
			}
			return counts
		}, Says: "A value is compared with that of the row before, whatever its key. Keep, for each key, all values that it was seen with."},
		{Answer: func(keys, values []string) map[string]int {
			times, counts := map[[2]string]int{}, map[string]int{}
			for i, key := range keys {
				times[[2]string{key, values[i]}]++
			}
			for pair, n := range times {
				if n == 1 {
					counts[pair[0]]++
				}
			}
			return counts
		}, Says: "Only values that come once are counted. One that comes again counts as well, once."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				counts[key] = len(values[i])
			}
			return counts
		}, Says: "This is the length of a text. Count the values that a key stands beside."},
		{Answer: func(keys, _ []string) map[string]int {
			counts := map[string]int{}
			for _, key := range keys[1:] {
				counts[key]++
			}
			return counts
		}, Says: "The first row is left out, and what is counted are rows. Count, from row 0 on, the values that are new to the key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				counts[key+" "+values[i]]++
			}
			return counts
		}, Says: "The map has an entry for each pair. Its keys are to be those of the first slice alone."},
		{Answer: ofRows(func(_, value string) (string, bool) { return value, value != "" }),
			Says: "An empty value is left out. It is a value like any other: a key was seen beside it."},
		{Answer: ofRows(func(key, value string) (string, bool) { return value, value != key }),
			Says: "A value that is equal to its key is left out. It is a value like any other."},
		{Answer: ofRows(func(_, value string) (string, bool) { return strings.ToLower(value), true }),
			Says: "Small and capital letters are taken for the same. Different texts are different values: compare them as they are."},
		{Answer: func(keys, values []string) map[string]int {
			times, counts := map[[2]string]int{}, map[string]int{}
			for i, key := range keys {
				pair := [2]string{key, values[i]}
				times[pair]++
				counts[key] = max(counts[key], times[pair])
			}
			return counts
		}, Says: "This is how often a key's most frequent value comes. Count how many different values there are."},
		{Answer: func(keys, values []string) map[string]int {
			counts := distinctCounts(keys, values)
			maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 1 })
			return counts
		}, Says: "Keys with a single value are left out. They are wanted, too, with 1."},
		{Answer: func(keys, values []string) map[string]int {
			return distinctCounts(slices.Sorted(slices.Values(keys)), slices.Sorted(slices.Values(values)))
		}, Says: "Keys and values are sorted, each for itself, so that the rows do not belong together any more. Leave both as they are."},
		{Answer: func(keys, values []string) map[string]int {
			for i := range keys {
				if n := i + 1; len(distinctPairs(keys[:n], values[:n])) < n {
					return distinctCounts(keys[:i], values[:i])
				}
			}
			return distinctCounts(keys, values)
		}, Says: "This stops at the first pair that came before. Go on with the next row: continue, and not break."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for key, blocks := range keyBlocks(keys, values) {
				for _, n := range blocks {
					counts[key] += n
				}
			}
			return counts
		}, Says: "The set begins anew where the key changes, so that a key that comes back counts its values again. Keep a set for each key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for key, blocks := range keyBlocks(keys, values) {
				counts[key] = blocks[len(blocks)-1]
			}
			return counts
		}, Says: "The set begins anew where the key changes, so that only a key's last rows count. Keep a set for each key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := distinctCounts(keys, values)
			for _, v := range values {
				counts[v] += 0
			}
			return counts
		}, Says: "The values are in the map, too, with 0. Its keys are to be those of the first slice alone."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[[2]string]bool{}, map[string]int{}
			for i, key := range keys {
				if pair := [2]string{key, values[i]}; !seen[pair] {
					seen[pair], counts[key] = true, i+1
				}
			}
			return counts
		}, Says: "This is the number of the row in which a key's last new value came. Count them: counts[key]++."},
	},
}

// distinctCounts returns with how many different values each key stands.
func distinctCounts(keys, values []string) map[string]int {
	counts := map[string]int{}
	for pair := range distinctPairs(keys, values) {
		counts[pair[0]]++
	}
	return counts
}

// distinctPairs returns which keys and values stand side by side.
func distinctPairs(keys, values []string) map[[2]string]bool {
	pairs := map[[2]string]bool{}
	for i, key := range keys {
		pairs[[2]string{key, values[i]}] = true
	}
	return pairs
}

// ofRows returns a function that counts the values that are made of some rows.
func ofRows(value func(key, value string) (made string, counts bool)) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		var someKeys, made []string
		for i, key := range keys {
			if v, counts := value(key, values[i]); counts {
				someKeys, made = append(someKeys, key), append(made, v)
			}
		}
		return distinctCounts(someKeys, made)
	}
}

// keyBlocks returns how many different values a key has in each block of rows
// that follow one another.
func keyBlocks(keys, values []string) map[string][]int {
	blocks := map[string][]int{}
	begin := 0
	for i, key := range keys {
		if i == len(keys)-1 || keys[i+1] != key {
			blocks[key] = append(blocks[key], len(distinctPairs(keys[begin:i+1], values[begin:i+1])))
			begin = i + 1
		}
	}
	return blocks
}

// gluedCounts counts the values of each key by a text made of both.
func gluedCounts(glue func(key, value string) string) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		seen, counts := map[string]bool{}, map[string]int{}
		for i, key := range keys {
			if glued := glue(key, values[i]); !seen[glued] {
				seen[glued] = true
				counts[key]++
			}
		}
		return counts
	}
}

// changedCounts returns the right counts, each of them changed.
func changedCounts(change func(int) int) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		counts := distinctCounts(keys, values)
		for key, n := range counts {
			counts[key] = change(n)
		}
		return counts
	}
}

// DistinctPeers checks a function that returns, for each key, with how many
// different values it stands side by side. The two slices are equally long, and
// have at least one element:
//
//	func(keys, values []string) map[string]int
func DistinctPeers(function any) { exam.Mark(distinctPeers, function) }
