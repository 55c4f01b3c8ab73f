/** How long people take to withdraw: curves, intervals, tests and comparisons from risk tables of whole counts; no I/O. */
export { type IntervalKind, type PrintedStep, printedSteps } from './bands.ts'
export { upperTailOfChiSquare } from './chi-square.ts'
export { type Cause, type Curve, type Step, curveOf } from './curve.ts'
export { type LogRank, logRank } from './log-rank.ts'
export { type Quantile, type RestrictedMean, type RestrictedMeanDifference, type ShareWithin, quantileOf, restrictedMean, restrictedMeanDifference, shareWithin } from './measures.ts'
export { type Comparison, type FunnelLimits, type FunnelRange, type Proportion, compareUnits, funnelLimits, wilson } from './proportions.ts'
export { type Decimal, type Ratio, decimalOfRatio } from './ratio.ts'
export { type ClockEnd, type CompetingEnd, type RiskDay, type RiskRow, clockEnds } from './risk-table.ts'
