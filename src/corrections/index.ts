/** The door of the room `corrections`: findings turned into money that is paid, taken back or carried over. */
export { followCorrections } from './follow.ts'
export { kindsByDecision, kindsForAMonth, listKindNamed, listKinds, listName, type ListKind, type ListState } from './kinds.ts'
export { accountFixesOfBank, approveList, correctionItems, correctionList, correctionLists, draftList, holdList, leftOutTotals, listsOfCase, redraftList, sendList, withdrawList, type AccountFix, type CorrectionItem, type CorrectionList, type Decision, type ListFault, type ListOfCase, type ListWanted } from './lists.ts'
export { eachProposal, proposedTotals, type Proposal, type ProposalFilter, type ProposedTotal } from './proposals.ts'
export { eachTransfer, leftOutTable, listTable, payerAccountOf, transferTotals, type ListTable, type PayerAccount } from './outputs.ts'
