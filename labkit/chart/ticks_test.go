package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func labelsOf(marks []plot.Tick) string {
	var labels []string
	for _, m := range marks {
		labels = append(labels, m.Label)
	}
	return strings.Join(labels, " ")
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		min, max float64
		want     string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1.0"},
		{0.35, 0.78, "0.4 0.5 0.6 0.7"},
		{-3, 7, "-2 0 2 4 6"},
		{0, 36, "0 10 20 30"},
		{0, 9000, "0 2000 4000 6000 8000"},
		{0, 350_882, "0 100k 200k 300k"},
		{86, 5.2e8, "100M 200M 300M 400M 500M"},
		{0, 2.6e-4, "0 5e-5 1e-4 1.5e-4 2e-4 2.5e-4"},
		{0, 12.5e-6, "0 2.5e-6 5e-6 7.5e-6 1e-5 1.25e-5"},
		{0, 3e299, "0 5e298 1e299 1.5e299 2e299 2.5e299 3e299"},
	} {
		if got := labelsOf(ticks{}.Ticks(c.min, c.max)); got != c.want {
			t.Errorf("ticks from %v to %v are %s: want %s", c.min, c.max, got, c.want)
		}
	}
}

func TestDecades(t *testing.T) {
	for _, c := range []struct {
		min, max float64 // exponents
		want     string
	}{
		{-3, 1.6, "0.001 0.01 0.1 1 10 100"},
		{1.9, 8.7, "10 100 1k 10k 100k 1M 10M 100M 1G"},
		{-0.02, 1.78, "0.1 0.2 0.5 1 2 5 10 20 50 100 200 500"},
		{2.9, 4.1, "100 200 500 1k 2k 5k 10k 20k 50k 100k 200k 500k"},
		{-8, 16, "1e-6 0.001 1 1k 1M 1G 1T 1e15"},
	} {
		marks := decades{}.Ticks(c.min, c.max)
		if got := labelsOf(marks); got != c.want {
			t.Errorf("ticks from 10^%v to 10^%v are %s: want %s", c.min, c.max, got, c.want)
		}
		i := slices.IndexFunc(marks, func(m plot.Tick) bool { return m.Label == "100" })
		if i >= 0 && math.Abs(marks[i].Value-2) > 1e-12 {
			t.Errorf("100 stands at %v: want its logarithm, 2", marks[i].Value)
		}
	}
}

func TestWholeTicks(t *testing.T) {
	for _, c := range []struct {
		min, max float64
		want     string
	}{
		{0, 1, "0 1"},
		{0, 4.2, "0 1 2 3 4"},
		{-0.4, 13.3, "0 2 4 6 8 10 12"},
		{0, 300, "0 50 100 150 200 250 300"},
	} {
		if got := labelsOf(wholeTicks{}.Ticks(c.min, c.max)); got != c.want {
			t.Errorf("ticks from %v to %v are %s: want %s", c.min, c.max, got, c.want)
		}
	}
}
