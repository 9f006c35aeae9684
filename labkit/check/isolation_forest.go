package check

var isolationForest = []*Exercise{}
