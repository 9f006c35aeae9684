package check

var scoreAnalysis = []*Exercise{}
