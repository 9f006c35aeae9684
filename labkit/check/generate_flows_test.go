package check

var generateFlowsTests = []exerciseTest{}
