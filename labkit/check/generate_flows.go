package check

var generateFlows = []*Exercise{}
