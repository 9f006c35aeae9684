package check

var prepareFeaturesTests = []exerciseTest{}
