package check

var oneClassSVM = []*Exercise{}
