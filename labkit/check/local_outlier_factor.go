package check

var localOutlierFactor = []*Exercise{}
