package labkit

import (
	"errors"
	"math"
	"testing"

	"github.com/go-gota/gota/dataframe"
)

// What the Python lab prints, letter for letter.
func TestDescribeIsThePythonLabs(t *testing.T) {
	flows := Must(AddFeatures(GenerateFlows(42)))
	const want = `       bytes_per_second  packets_per_second  bytes_ratio  bytes_per_packet
count      1.000000e+03         1000.000000  1000.000000       1000.000000
mean       2.130478e+06         1450.917348     0.385671        313.643388
std        2.583472e+07        13814.835112     0.311901       1287.718250
min        8.652291e+01            3.529380     0.004013          7.461790
25%        2.045293e+03           21.630034     0.123764         61.738140
50%        6.061855e+03           46.169093     0.295512        114.048694
75%        1.987972e+04          138.343475     0.602513        226.266453
max        5.211111e+08       350882.389359     0.999986      28786.942785`
	if got := Must(Describe(flows, "bytes_per_second", "packets_per_second", "bytes_ratio", "bytes_per_packet")).String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The tables are what pandas 3.1.1 prints for DataFrame.describe().
func TestDescribeIsPandas(t *testing.T) {
	for _, c := range []struct{ name, frame, want string }{
		{"negative", "a\n-1.5\n2.0\n3.25\n", `              a
count  3.000000
mean   1.250000
std    2.462214
min   -1.500000
25%    0.250000
50%    2.000000
75%    2.625000
max    3.250000`},
		{"tiny negative beside integers", "a,b\n-0.000000001,-3\n5,-4\n", `                  a         b
count  2.000000e+00  2.000000
mean   2.500000e+00 -3.500000
std    3.535534e+00  0.707107
min   -1.000000e-09 -4.000000
25%    1.250000e+00 -3.750000
50%    2.500000e+00 -3.500000
75%    3.750000e+00 -3.250000
max    5.000000e+00 -3.000000`},
		{"missing, and text left out", "a,n,host\n1.0,1,x\nNaN,2,y\n3.0,4,z\n", `              a         n
count  2.000000  3.000000
mean   2.000000  2.333333
std    1.414214  1.527525
min    1.000000  1.000000
25%    1.500000  1.500000
50%    2.000000  2.000000
75%    2.500000  3.000000
max    3.000000  4.000000`},
		{"integers", "n,port\n3,80\n1,443\n2,53\n10,31337\n", `               n          port
count   4.000000      4.000000
mean    4.000000   7978.250000
std     4.082483  15573.515282
min     1.000000     53.000000
25%     1.750000     73.250000
50%     2.500000    261.500000
75%     4.750000   8166.500000
max    10.000000  31337.000000`},
		{"one row", "a\n2.5\n", `         a
count  1.0
mean   2.5
std    NaN
min    2.5
25%    2.5
50%    2.5
75%    2.5
max    2.5`},
		{"long and large", "a\n1234567.25\n123456.789\n0.125\n", `                  a
count  3.000000e+00
mean   4.526747e+05
std    6.799466e+05
min    1.250000e-01
25%    6.172846e+04
50%    1.234568e+05
75%    6.790120e+05
max    1.234567e+06`},
		{"whole millions", "a\n1000000\n2000000\n3000000\n", `               a
count        3.0
mean   2000000.0
std    1000000.0
min    1000000.0
25%    1500000.0
50%    2000000.0
75%    2500000.0
max    3000000.0`},
	} {
		if got := Must(Describe(frameOf(t, c.frame))).String(); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestDescribeValues(t *testing.T) {
	c := Must(Describe(frameOf(t, "a,b\n4,0\n1,0\nNaN,0\n2,0\n9,0\n"), "a"))[0]
	want := ColumnSummary{Name: "a", Count: 4, Mean: 4, Std: math.Sqrt(38. / 3), Min: 1, Q1: 1.75, Median: 3, Q3: 5.25, Max: 9}
	if c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
}

func TestDescribeRefuses(t *testing.T) {
	frame := frameOf(t, "a,host\n+Inf,x\nNaN,y\n").Subset([]int{1})
	broken := dataframe.DataFrame{Err: errors.New("out of paper")}
	for _, c := range []struct {
		frame   dataframe.DataFrame
		columns []string
		want    string
	}{
		{frame, []string{"b"}, `Describe: no column "b": the frame has a, host`},
		{frame, []string{"host"}, `Describe: column "host" holds text`},
		{frame, []string{"a"}, `Describe: column "a" has no values: want at least one`},
		{broken, nil, "Describe: the data frame is not usable: out of paper"},
		{broken, []string{"a"}, "Describe: the data frame is not usable: out of paper"},
	} {
		_, err := Describe(c.frame, c.columns...)
		wantError(t, c.want, err, c.want)
	}
	_, err := Text(broken)
	wantError(t, "Text", err, "Text: the data frame is not usable: out of paper")
}

// The tables are what pandas 3.1.1 prints for to_string(index=False).
func TestTextIsPandas(t *testing.T) {
	for _, c := range []struct{ name, frame, want string }{
		{"text, whole numbers, fractions", "host,bytes,rate\na,1,0.5\nbb,20,12.25\n", `host  bytes  rate
   a      1  0.50
  bb     20 12.25`},
		{"missing", "a,n\n1.0,1\nNaN,2\n3.0,4\n", `  a  n
1.0  1
NaN  2
3.0  4`},
		{"negative", "a\n-1.5\n2.0\n3.25\n", `    a
-1.50
 2.00
 3.25`},
		{"the lab's comparison", "Model,Precision,Recall,F1\nIsolation Forest,0.6,0.6,0.6\nOne-Class SVM,0.10175438596491228,0.29,0.15064935064935064\nLocal Outlier Factor,0.41,0.41,0.41\n",
			`               Model  Precision  Recall       F1
    Isolation Forest   0.600000    0.60 0.600000
       One-Class SVM   0.101754    0.29 0.150649
Local Outlier Factor   0.410000    0.41 0.410000`},
	} {
		if got := Must(Text(frameOf(t, c.frame))); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
