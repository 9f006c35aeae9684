package check

var isolationForestTests = []exerciseTest{}
