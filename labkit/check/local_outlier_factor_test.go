package check

var localOutlierFactorTests = []exerciseTest{}
