package check

var prepareFeatures = []*Exercise{}
