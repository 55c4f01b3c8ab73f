/** Worlds for the golden evidence, in the scenario language: lettered accounts, organisations, several lines, payments and candidates at once. */

/** A world and its name, which is that of its golden file. */
export interface GoldenStory {
  readonly name: string
  readonly lines: readonly string[]
}

export const stories: readonly GoldenStory[] = [
  {
    name: 'accounts-of-others',
    lines: [
      // A: two listed accounts, lettered, of an organisation without any mandate, one of them closed; listed against their order.
      'list A 2026-10 500000 creditor_account=VCB002 village=Thôn1 creditor_agent=970436',
      'list A 2026-10 100000 category_code=2 creditor_account=VCB001 creditor_agent=970436',
      'list A 2026-10 50000 category_code=3 creditor_account=VCB001 creditor_agent=970415',
      'account H VCB001 closed holder_id=HTX0001',
      'account H VCB002 dormant holder_id=HTX0001',
      'account H VCB001 active holder_id=HTX0001 creditor_agent=970415',
      // B: the same with a mandate that has run out.
      'list B 2026-10 500000 creditor_account=VCB004 creditor_agent=970436',
      'list B 2026-10 100000 category_code=2 creditor_account=VCB003 creditor_agent=970436',
      'list B 2026-10 50000 category_code=3 creditor_account=VCB003 creditor_agent=970415',
      'account H VCB003 active holder_id=HTX0002',
      'account H VCB004 active holder_id=HTX0002',
      'account H VCB003 active holder_id=HTX0002 creditor_agent=970415',
      'mandate B H 2025-01-01 2025-12-31 payee_id=HTX0002',
      // C: paid to a lettered account that nobody expected; two were, one of them a payee's.
      'list C 2026-10 500000 creditor_account=VCB005 creditor_agent=970436',
      'account C VCB005 active',
      'account G 2000000007 active',
      'mandate C G 2026-01-01 2026-12-31',
      'pay C 2026-10 500000 credited 2026-10-09 creditor_account=VCB999 instructed_at=2026-10-08',
      // D, E, F share the account of an organisation.
      'list D 2026-10 100000 creditor_account=VCB006 creditor_agent=970436 beneficiary_name=Dung unit_code=00003',
      'list E 2026-10 200000 creditor_account=VCB006 creditor_agent=970436 unit_code=00002',
      'list F 2026-10 300000 creditor_account=VCB006 creditor_agent=970436 unit_code=00004',
      'account H VCB006 active holder_id=HTX0003',
      'pay D 2026-10 100000 credited 2026-10-09 creditor_account=VCB006',
      'pay E 2026-10 200000 credited 2026-10-09 creditor_account=VCB006',
      'as of 2026-10-31',
    ],
  },
  {
    name: 'payments-told',
    lines: [
      // A: late, in two parts, the second after a return with a reason; a line that was suspended is not told.
      'list A 2026-10 500000 village=Thôn1 beneficiary_name=An',
      'list A 2026-10 70000 category_code=2 list_status=suspended beneficiary_name=Ẩn village=Ấp9',
      'list A 2026-10 100000 component=top_up beneficiary_name=Anh village=Thôn2',
      'pay A 2026-10 300000 credited 2026-10-12 instructed_at=2026-10-08 bank_reference=B1',
      'pay A 2026-10 300000 returned 2026-10-14 instructed_at=2026-10-09 credited_at=2026-10-10 return_reason_code=AC04 reason_text=đóng',
      'pay A 2026-10 300000 credited 2026-10-20 instructed_at=2026-10-15 end_to_end_id=a-after',
      // B: a conflict of three reports.
      'list B 2026-10 500000',
      'pay B 2026-10 500000 pending - end_to_end_id=K1 instructed_at=2026-10-07',
      'pay B 2026-10 500000 credited 2026-10-09 end_to_end_id=K1 instructed_at=2026-10-07 creditor_account=VCB777',
      'pay B 2026-10 450000 credited 2026-10-09 end_to_end_id=K1 instructed_at=2026-10-07 credited_amount=440000',
      // C and D: one guardian, the same amount, one payment without id; C also has another month and another scheme open.
      'list C 2026-10 250000 creditor_account=1000000007 beneficiary_name=Chi village=Thôn3',
      'list C 2026-09 250000 creditor_account=1000000007 beneficiary_name=Chi village=Thôn3 due_date=2026-10-01',
      'list C 2026-10 250000 creditor_account=1000000007 beneficiary_name=Chi scheme=HTXH',
      'list D 2026-10 250000 creditor_account=1000000007 beneficiary_name=Dũng unit_code=00002',
      'account G 1000000007 active',
      'mandate C G 2026-01-01 2026-12-31',
      'mandate D G 2026-01-01 2026-12-31',
      'pay - 2026-10 250000 credited 2026-10-09 creditor_account=1000000007 scheme=BTXH',
      'pay - - 250000 credited 2026-10-11 creditor_account=1000000007 scheme= instructed_at=2026-10-10',
      // E: nobody lists this id; F: suspended, and paid; both to lettered accounts.
      'pay E 2026-10 90000 credited 2026-10-09 creditor_account=VCB888 reason_text=lạ',
      'list F 2026-10 80000 list_status=suspended beneficiary_name=Phúc village=Thôn5 unit_code=00009',
      'pay F 2026-10 80000 credited 2026-10-09',
      // H: two months in one sum, to an account nobody expected.
      'list H 2026-09 120000 due_date=2026-09-10',
      'list H 2026-10 130000',
      'pay H 2026-09 250000 credited 2026-10-09 creditor_account=1999999999',
      'as of 2026-10-31',
    ],
  },
  {
    name: 'lists-in-conflict',
    lines: [
      // A: two units; B: twice in one file, one of them suspended; C: doubled and stopped elsewhere; D: two keys of one month.
      'list A 2026-10 540000 unit_code=00002 beneficiary_name=Anh village=Thôn2',
      'list A 2026-10 500000 unit_code=00001 beneficiary_name=An village=Thôn1',
      'list B 2026-10 500000 beneficiary_name=Bình village=Thôn9',
      'list B 2026-10 500000 list_status=suspended beneficiary_name=Bình village=Thôn8',
      'list C 2026-10 500000',
      'list C 2026-10 530000',
      'list C 2026-10 500000 unit_code=00005 list_status=stopped',
      'list D 2026-10 500000 unit_code=00007 beneficiary_name=Dung village=Thôn4',
      'list D 2026-10 510000 unit_code=00007 beneficiary_name=Dũng village=Thôn3',
      'list D 2026-10 90000 category_code=2 unit_code=00006 beneficiary_name=Dương village=Thôn5',
      'list D 2026-10 80000 category_code=2 unit_code=00006',
      'list E 2026-09 200000 due_date=2026-09-10 unit_code=00003',
      'list E 2026-10 200000 component=carried_over origin_period=2026-09 unit_code=00003',
      'list E 2026-10 300000 unit_code=00003',
      'pay E 2026-09 50000 credited 2026-09-09',
      'pay E 2026-10 600000 credited 2026-10-09',
      'register D dead death_date=2026-09-15',
      // F: the same amount twice in one file: agent, then account, then due date, then the line decides.
      'list F 2026-10 100000 creditor_agent=970436 creditor_account=1000000002',
      'list F 2026-10 100000 creditor_agent=970415 creditor_account=1000000004',
      'list F 2026-10 100000 creditor_agent=970415 creditor_account=1000000003 due_date=2026-10-14',
      'list F 2026-10 100000 creditor_agent=970415 creditor_account=1000000003 due_date=2026-10-13',
      'list F 2026-10 100000 creditor_agent=970415 creditor_account=1000000003 due_date=2026-10-13',
      // G: two units say the same: the smaller unit's line stands; H: suspended twice.
      'list G 2026-10 100000 unit_code=00009 village=Thôn9',
      'list G 2026-10 100000 unit_code=00008 village=Thôn8',
      'list H 2026-10 100000 list_status=suspended village=Thôn1',
      'list H 2026-10 60000 list_status=suspended village=Thôn2',
      'list H 2026-10 60000 list_status=stopped village=Thôn3',
      // I: arrears of two months; J: two due dates and two units.
      'list I 2026-10 100000 component=arrears origin_period=2026-08',
      'list I 2026-10 100000 component=arrears origin_period=2026-09',
      'list I 2026-10 100000 component=top_up origin_period=2026-09',
      'list J 2026-10 100000 due_date=2026-10-20 unit_code=00012',
      'list J 2026-10 100000 category_code=2 due_date=2026-10-15 unit_code=00011',
      'as of 2026-10-31',
    ],
  },
]
