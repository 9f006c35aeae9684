package check

var oneClassSVMTests = []exerciseTest{}
