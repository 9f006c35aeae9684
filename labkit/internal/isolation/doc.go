// Package isolation grows the trees of an isolation forest and measures path
// lengths in them.
//
// From the ground up: split.go draws random splits of a node's rows, targets.go
// asks scikit-learn's question whether a split is worth keeping, tree.go draws
// the sample of a tree and splits it to the end, and walk.go sends many rows
// down many trees at once. What a path length says about a row is the
// detector's own business.
//
// Sources: F. T. Liu, K. M. Ting and Z.-H. Zhou, Isolation Forest, ICDM 2008;
// scikit-learn's IsolationForest and ExtraTreeRegressor, whose trees these are,
// node for node.
package isolation
