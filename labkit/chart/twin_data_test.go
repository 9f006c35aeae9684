package chart

import (
	"fmt"
	"testing"
)

// Values of every type reach the browser, which is told the type of each field.
func TestDatasetKeepsItsValues(t *testing.T) {
	d := dataset{name: "flows", rows: []spec{
		{"bytes": 0.1, "flows": 3, "line": true, "name": `a "b", c`, "none": nil},
		{"bytes": 1e6, "flows": 0, "line": false, "name": "", "none": 2.0},
	}}
	whole := spec{}
	d.put(whole)
	want := "bytes,flows,line,name,none\n0.1,3,true,\"a \"\"b\"\", c\",\n1e+06,0,false,,2\n"
	if got := whole["datasets"].(spec)["flows"]; got != want {
		t.Errorf("the data are\n%swant\n%s", got, want)
	}
	types := d.data()["format"].(spec)["parse"]
	if got, want := fmt.Sprint(types), "map[bytes:number flows:number line:boolean name:string none:number]"; got != want {
		t.Errorf("the types are %s: want %s", got, want)
	}
}
