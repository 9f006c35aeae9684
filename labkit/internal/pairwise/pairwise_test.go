package pairwise

import (
	"math"
	"testing"
)

// TestSumByHand uses numbers whose sum tells the order of the additions: at
// 2^53 the floats are 2 apart, so a lone 1 added to it is lost (a tie goes to the
// neighbour whose last bit is 0), while two ones added to each other first survive.
func TestSumByHand(t *testing.T) {
	const big = 1 << 53
	tests := []struct {
		name string
		x    []float64
		want float64
	}{
		{"none", nil, 0},
		{"one", []float64{2.5}, 2.5},
		// Seven numbers, left to right: each 1 is lost on its own.
		{"seven", []float64{big, 1, 1, 1, 1, 1, 1}, big},
		// Eight numbers, ((a+b)+(c+d))+((e+f)+(g+h)): the first pair loses its
		// 1, the other three pairs bring 2 each.
		{"eight", []float64{big, 1, 1, 1, 1, 1, 1, 1}, big + 6},
		// The ninth number comes after the lanes, alone: big+7 lies half way
		// between big+6 and big+8, whose last bit is 0.
		{"nine", []float64{big, 1, 1, 1, 1, 1, 1, 1, 1}, big + 8},
		// Two rounds: lane 0 is big+1 = big, the other lanes are 2 each. Pairs:
		// big+2, 4, 4, 4.
		{"sixteen", []float64{big, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, big + 14},
		// 136 numbers are halved at 64 (68 rounded down to a multiple of 8).
		// The first half gives big in lane 0 (it loses the seven ones that
		// follow in the lane) plus 7 lanes of 8 ones, the second half 72 ones.
		{"halved", append([]float64{big}, ones(135)...), big + 56 + 72},
	}
	for _, test := range tests {
		if got := Sum(test.x); got != test.want {
			t.Errorf("%s: Sum = %v, want %v", test.name, got, test.want)
		}
	}
}

// TestSumIsNumpys compares with numpy 2.4.6: each want is the hexadecimal form
// of numpy.sum over the first n numbers of thirds, whose arithmetic Python
// repeats exactly:
//
//	s, x = 12345, []
//	for _ in range(n):
//	    s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
//	    x.append(((s >> 11) / 2**53 - 0.5) / 3)
//	print(float(numpy.sum(x)).hex())
func TestSumIsNumpys(t *testing.T) {
	tests := []struct {
		n    int
		want float64
	}{
		{1, -0x1.0a87157d33e75p-3},
		{7, 0x1.793ccfe5efd15p-4},
		{8, 0x1.ca2e58612519dp-5},
		{9, 0x1.49b52bd25a365p-3},
		{15, 0x1.7ad8410476bf8p-2},
		{16, 0x1.41c0992519352p-2},
		{127, 0x1.0a72d1f00c400p-3},
		{128, 0x1.6d7a39c4ba780p-7},
		{129, 0x1.d00799735a4e0p-4},
		{136, 0x1.5b0937749ec60p-4},
		{255, -0x1.97636078d33efp-2},
		{257, -0x1.0347dffa7b3e9p-1},
		{1000, 0x1.cf557015399f1p+1},
		{8000, 0x1.6166447c71b90p+1},
		{20001, 0x1.053eb43b72e13p+4},
	}
	for _, test := range tests {
		x := thirds(test.n)
		if got := Sum(x); got != test.want {
			t.Errorf("n = %d: Sum = %x, want numpy's %x", test.n, got, test.want)
		}
		if got, want := Mean(x), test.want/float64(test.n); got != want {
			t.Errorf("n = %d: Mean = %x, want %x", test.n, got, want)
		}
	}
}

func TestMeanOfNothingIsNaN(t *testing.T) {
	if got := Mean(nil); !math.IsNaN(got) {
		t.Errorf("Mean(nil) = %v, want NaN", got)
	}
}

func TestSumLeavesItsInput(t *testing.T) {
	x, want := thirds(300), thirds(300)
	Sum(x)
	for i := range x {
		if x[i] != want[i] {
			t.Fatalf("x[%d] became %v, was %v", i, x[i], want[i])
		}
	}
}

func BenchmarkSum(b *testing.B) {
	x := thirds(10_000)
	b.ReportAllocs()
	for b.Loop() {
		Sum(x)
	}
}

// thirds returns n numbers in [-1/6, 1/6) from a linear congruential generator;
// the division by 3 fills their last bits.
func thirds(n int) []float64 {
	x := make([]float64, n)
	state := uint64(12345)
	for i := range x {
		state = state*6364136223846793005 + 1442695040888963407
		x[i] = (float64(state>>11)/(1<<53) - 0.5) / 3
	}
	return x
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}
