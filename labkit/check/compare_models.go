package check

var compareModels = []*Exercise{}
