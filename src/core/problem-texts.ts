/** What each problem and each refusal means and what to do about it, in the three languages of the product. */
import type { FileRefusalCode, ProblemCode } from './problem.ts'
import type { Language } from './vocabulary.ts'

/** One sentence in each language: Vietnamese (the source), English, Arabic. */
export interface Sentence {
  readonly vi: string
  readonly en: string
  readonly ar: string
}

/** The sentence of a problem; null for a code that has none: codes come out of the database, which may be older than this table. */
export function problemSentence(code: string, language: Language): string | null {
  return sentenceIn(problemTexts, code, language)
}

/** The sentence of a refused file; null for a code that has none. */
export function refusalSentence(code: string, language: Language): string | null {
  return sentenceIn(fileRefusalTexts, code, language)
}

function sentenceIn(texts: Readonly<Record<string, Sentence>>, code: string, language: Language): string | null {
  return Object.hasOwn(texts, code) ? (texts[code]?.[language] ?? null) : null
}

/** What is wrong with the value or the line, and what to do. */
export const problemTexts: Readonly<Record<ProblemCode, Sentence>> = {
  value_missing: {
    vi: 'Ô bắt buộc đang để trống. Hãy điền giá trị rồi gửi lại dòng này.',
    en: 'A required value is empty. Fill it in and send this line again.',
    ar: 'قيمة مطلوبة فارغة. يُرجى ملؤها وإرسال هذا السطر من جديد.',
  },
  value_too_long: {
    vi: 'Giá trị dài hơn mức cho phép. Hãy rút gọn, hoặc kiểm tra xem các cột có bị dồn vào nhau không.',
    en: 'The value is longer than allowed. Shorten it, or check whether columns have run together.',
    ar: 'القيمة أطول من المسموح. يُرجى اختصارها أو التحقق من عدم تداخل الأعمدة.',
  },
  text_invalid: {
    vi: 'Trong ô có ký tự điều khiển hoặc chữ đã bị mất khi chuyển mã. Hãy xuất lại tệp từ nguồn.',
    en: 'The value holds control characters, or letters were lost in a conversion. Export the file from its source again.',
    ar: 'تحتوي القيمة على رموز تحكم أو حروف فُقدت أثناء التحويل. يُرجى تصدير الملف من مصدره من جديد.',
  },
  code_unknown: {
    vi: 'Từ hoặc mã này không nằm trong các giá trị mà cột cho phép. Các giá trị được dùng ghi ở trang hướng dẫn của tệp mẫu.',
    en: 'This word or code is not one that the column knows. The guide sheet of the template lists those that can be used.',
    ar: 'هذه الكلمة أو الرمز غير معروف في هذا العمود. القيم المسموح بها في ورقة الإرشادات من القالب.',
  },
  number_invalid: {
    vi: 'Không đọc được số này, hoặc số nằm ngoài khoảng cho phép. Chỉ viết chữ số, phần lẻ sau dấu chấm.',
    en: 'This is not a plain number, or it is outside what is allowed. Write digits only, a fraction after a point.',
    ar: 'هذا ليس رقمًا صحيح الكتابة أو أنه خارج النطاق المسموح. اكتب أرقامًا فقط، والكسر بعد نقطة.',
  },
  amount_invalid: {
    vi: 'Số tiền có thể đọc theo nhiều cách hoặc không đọc được. Chỉ viết chữ số, không dấu phân cách: 1350000.',
    en: 'The amount has more than one reading, or none. Write digits only, without separators: 1350000.',
    ar: 'المبلغ له أكثر من قراءة أو لا يمكن قراءته. اكتب أرقامًا فقط دون فواصل: 1350000.',
  },
  amount_too_large: {
    vi: 'Số tiền có hơn 15 chữ số. Hãy kiểm tra xem có phải số tài khoản hay mã bị đặt nhầm cột không.',
    en: 'The amount has more than 15 digits. Check whether an account or a code stands in the wrong column.',
    ar: 'المبلغ يزيد على 15 رقمًا. تحقّق من عدم وجود رقم حساب أو رمز في العمود الخطأ.',
  },
  amount_has_fraction: {
    vi: 'Đồng tiền này không có đơn vị nhỏ như vậy. Hãy ghi đúng số tiền đã chi; không làm tròn thay người gửi.',
    en: 'The currency has no such small unit. Write the amount as it was paid; nothing is rounded here.',
    ar: 'لا توجد لهذه العملة وحدة بهذا الصغر. اكتب المبلغ كما دُفع؛ لا يجري أي تقريب هنا.',
  },
  amount_not_positive: {
    vi: 'Số tiền bằng không hoặc âm. Tiền trả lại phải ghi bằng trạng thái trả lại và số tiền trả lại, không ghi số âm.',
    en: 'The amount is zero or negative. Returned money is stated by status and returned amount, not by a minus sign.',
    ar: 'المبلغ صفر أو سالب. تُذكر الأموال المعادة بالحالة والمبلغ المعاد، لا بإشارة سالبة.',
  },
  currency_mismatch: {
    vi: 'Loại tiền khác với loại tiền của chế độ. Hãy sửa loại tiền hoặc chế độ.',
    en: 'The currency is not the one of the scheme. Correct the currency or the scheme.',
    ar: 'العملة ليست عملة البرنامج. يُرجى تصحيح العملة أو البرنامج.',
  },
  date_invalid: {
    vi: 'Ngày không đúng dạng hoặc không có thật. Viết NĂM-THÁNG-NGÀY (2026-10-05) hoặc NGÀY/THÁNG/NĂM (05/10/2026).',
    en: 'This is no date, or a day that never was. Write YYYY-MM-DD (2026-10-05) or DD/MM/YYYY (05/10/2026).',
    ar: 'هذا ليس تاريخًا صحيحًا أو أنه يوم لا وجود له. اكتب YYYY-MM-DD أو DD/MM/YYYY.',
  },
  instant_invalid: {
    vi: 'Thời điểm không đúng dạng. Viết 2026-10-05T14:30:00+07:00, hoặc chỉ ghi ngày.',
    en: 'This is no point in time. Write 2026-10-05T14:30:00+07:00, or the day alone.',
    ar: 'هذا ليس وقتًا صحيحًا. اكتب 2026-10-05T14:30:00+07:00 أو اليوم وحده.',
  },
  period_invalid: {
    vi: 'Kỳ không đúng dạng. Viết NĂM-THÁNG (2026-10) hoặc THÁNG/NĂM (10/2026).',
    en: 'This is no month. Write YYYY-MM (2026-10) or MM/YYYY (10/2026).',
    ar: 'هذا ليس شهرًا صحيحًا. اكتب YYYY-MM أو MM/YYYY.',
  },
  identifier_invalid: {
    vi: 'Số định danh phải có 12 chữ số (hoặc 9 chữ số của CMND cũ), không khoảng trắng. Hãy đối chiếu với giấy tờ.',
    en: 'An id has 12 digits (9 on the old card) and nothing else. Check it against the document.',
    ar: 'رقم الهوية يتكون من 12 رقمًا (9 في البطاقة القديمة) دون أي شيء آخر. يُرجى مطابقته مع الوثيقة.',
  },
  identifier_lost_zeros: {
    vi: 'Số định danh có vẻ đã mất số 0 ở đầu khi mở bằng bảng tính. Hãy kiểm tra số gợi ý; hệ thống không tự thêm.',
    en: 'The id seems to have lost its leading zeros in a spreadsheet. Check the suggestion; it is never applied by itself.',
    ar: 'يبدو أن رقم الهوية فقد الأصفار في بدايته داخل جدول. تحقّق من الاقتراح؛ لا يُطبَّق تلقائيًا.',
  },
  account_invalid: {
    vi: 'Số tài khoản phải có 4 đến 34 chữ cái hoặc chữ số. Hãy kiểm tra với ngân hàng.',
    en: 'An account has 4 to 34 letters or digits. Check it with the bank.',
    ar: 'رقم الحساب من 4 إلى 34 حرفًا أو رقمًا. يُرجى التحقق مع المصرف.',
  },
  account_scientific: {
    vi: 'Bảng tính đã đổi số tài khoản thành dạng 1,23E+11 và làm mất chữ số. Hãy xuất lại với cột dạng văn bản.',
    en: 'A spreadsheet turned the account into 1.23E+11 and digits are lost. Export it again with the column as text.',
    ar: 'حوّل الجدول رقم الحساب إلى صيغة علمية ففُقدت أرقام منه. يُرجى تصديره من جديد كنص.',
  },
  agent_foreign: {
    vi: 'Đây là tài khoản của ngân hàng khác. Mỗi ngân hàng chỉ báo về tài khoản của mình; hãy bỏ dòng này khỏi tệp.',
    en: 'This account is another bank’s. A bank reports on its own accounts only; leave this line out of the file.',
    ar: 'هذا حساب لدى مصرف آخر. يبلّغ كل مصرف عن حساباته فقط؛ احذف هذا السطر من الملف.',
  },
  agent_invalid: {
    vi: 'Mã ngân hàng phải là mã BIN 6 chữ số (ví dụ 970405), không dùng tên ngân hàng.',
    en: 'A bank is named by its 6-digit BIN (for example 970405), not by its name.',
    ar: 'يُذكر المصرف برمز BIN من 6 أرقام (مثل 970405) لا باسمه.',
  },
  unknown_scheme: {
    vi: 'Chưa có chế độ mang mã này. Hãy sửa mã, hoặc nạp tệp chế độ trước rồi gửi lại.',
    en: 'No scheme has this code. Correct the code, or load the scheme file first and send this again.',
    ar: 'لا يوجد برنامج بهذا الرمز. صحّح الرمز أو حمّل ملف البرامج أولًا ثم أعد الإرسال.',
  },
  origin_period_missing: {
    vi: 'Dòng chuyển kỳ phải nói rõ chuyển từ kỳ nào sang.',
    en: 'A carried-over line has to say from which month it comes.',
    ar: 'سطر المبلغ المرحَّل يجب أن يذكر الشهر الذي رُحّل منه.',
  },
  status_date_missing: {
    vi: 'Trạng thái này cần có thời điểm đi kèm: lập lệnh, ghi có hoặc trả lại. Hãy bổ sung.',
    en: 'This status needs its time: of the instruction, the credit or the return. Add it.',
    ar: 'هذه الحالة تحتاج إلى وقتها: وقت الأمر أو الإيداع أو الإعادة. يُرجى إضافته.',
  },
  return_exceeds_credit: {
    vi: 'Số tiền trả lại lớn hơn số tiền đã ghi có. Hãy kiểm tra cả hai số.',
    en: 'More was returned than was credited. Check both amounts.',
    ar: 'المبلغ المعاد أكبر من المبلغ المودع. يُرجى التحقق من المبلغين.',
  },
  field_count: {
    vi: 'Số ô của dòng không khớp với dòng tiêu đề. Có thể thiếu ô, hoặc có dấu phân cách trong giá trị mà không đặt trong ngoặc kép.',
    en: 'The line has more or fewer fields than the header. A field is missing, or a separator inside a value is not quoted.',
    ar: 'عدد الحقول في السطر لا يطابق العناوين. هناك حقل ناقص أو فاصل داخل قيمة غير موضوعة بين علامتي اقتباس.',
  },
  reason_unknown: {
    vi: 'Hồ sơ ánh xạ của bên gửi chưa có mã cho lý do này. Hãy thêm lý do vào hồ sơ rồi gửi lại dòng này.',
    en: 'The mapping profile of this sender has no code for this reason. Add it to the profile and send this line again.',
    ar: 'لا يحتوي ملف مطابقة هذا المُرسل على رمز لهذا السبب. أضف السبب إلى الملف ثم أعد إرسال هذا السطر.',
  },
  formula_cell: {
    vi: 'Ô này là công thức, giá trị tùy thuộc vào máy mở tệp. Hãy dán lại dưới dạng giá trị rồi gửi lại dòng này.',
    en: 'The cell is a formula, and its value depends on who opens the file. Paste it as a value and send this line again.',
    ar: 'الخلية صيغة حسابية وتتوقف قيمتها على من يفتح الملف. الصقها كقيمة وأرسل هذا السطر من جديد.',
  },
  cell_error: {
    vi: 'Ô này báo lỗi của bảng tính (như #REF!, #N/A). Hãy sửa trong bảng tính rồi gửi lại dòng này.',
    en: 'The cell shows an error of the spreadsheet (such as #REF! or #N/A). Correct it there and send this line again.',
    ar: 'تُظهر الخلية خطأ من برنامج الجداول (مثل #REF! أو #N/A). صحّحه هناك وأرسل هذا السطر من جديد.',
  },
  cell_unreadable: {
    vi: 'Không đọc được ô này: tệp bảng tính bị hỏng ở đây. Hãy mở và lưu lại tệp, rồi gửi lại.',
    en: 'The cell cannot be read: the workbook is damaged here. Open it, save it again and send it once more.',
    ar: 'تعذّرت قراءة الخلية: الملف تالف في هذا الموضع. افتحه واحفظه وأرسله من جديد.',
  },
  digits_lost: {
    vi: 'Số này nằm trong ô dạng số; bảng tính chỉ giữ 15 chữ số nên phần còn lại đã mất. Hãy xuất lại với cột dạng văn bản.',
    en: 'The number stands in a cell for numbers; a spreadsheet keeps 15 digits, and the rest is lost. Export it again with the column as text.',
    ar: 'الرقم في خلية رقمية، وبرنامج الجداول لا يحتفظ إلا بـ 15 رقمًا فضاع ما بعدها. يُرجى تصديره من جديد كنص.',
  },
  quote_misplaced: {
    vi: 'Dấu ngoặc kép đặt sai chỗ. Giá trị có ngoặc kép phải đặt trọn trong ngoặc và nhân đôi dấu bên trong.',
    en: 'A quote stands in the wrong place. Put the whole value in quotes and double the quotes inside it.',
    ar: 'علامة اقتباس في غير مكانها. ضع القيمة كلها بين علامتي اقتباس وكرّر العلامات التي بداخلها.',
  },
}

/** Why the whole file was refused, and what to do. */
export const fileRefusalTexts: Readonly<Record<FileRefusalCode, Sentence>> = {
  file_unreadable: {
    vi: 'Không mở được tệp. Hãy kiểm tra đường dẫn và quyền đọc.',
    en: 'The file cannot be opened. Check its path and that it may be read.',
    ar: 'تعذّر فتح الملف. تحقّق من المسار ومن صلاحية القراءة.',
  },
  file_empty: {
    vi: 'Tệp không có dòng dữ liệu nào. Hãy xuất lại tệp từ nguồn.',
    en: 'The file holds no line of data. Export it from its source again.',
    ar: 'لا يحتوي الملف على أي سطر بيانات. يُرجى تصديره من مصدره من جديد.',
  },
  file_truncated: {
    vi: 'Tệp bị cắt giữa dòng cuối. Hãy gửi lại tệp đầy đủ.',
    en: 'The file breaks off in the middle of its last line. Send it again, complete.',
    ar: 'ينقطع الملف في وسط سطره الأخير. يُرجى إرساله كاملًا من جديد.',
  },
  format_unknown: {
    vi: 'Không nhận dạng tệp này. Hãy lưu bảng thành XLSX hoặc CSV UTF-8 rồi gửi lại.',
    en: 'Files of this format are not read here. Save the sheet as XLSX or as CSV UTF-8 and send it again.',
    ar: 'لا تُقرأ الملفات بهذه الصيغة هنا. احفظ الجدول بصيغة XLSX أو CSV UTF-8 وأرسله من جديد.',
  },
  file_damaged: {
    vi: 'Tệp bảng tính bị hỏng hoặc bị cắt. Hãy mở, lưu lại và gửi lại cả tệp.',
    en: 'The workbook is damaged or was cut off. Open it, save it and send it again as a whole.',
    ar: 'الملف تالف أو مقطوع. افتحه واحفظه وأرسله كاملًا من جديد.',
  },
  file_too_large: {
    vi: 'Tệp bung ra lớn hơn mức được đọc. Hãy chia nhỏ, hoặc lưu bảng thành CSV UTF-8.',
    en: 'The file unpacks to more than is read here. Split it, or save the sheet as CSV UTF-8.',
    ar: 'يتوسع الملف إلى أكثر مما يُقرأ هنا. قسّمه أو احفظ الجدول بصيغة CSV UTF-8.',
  },
  sheet_hidden: {
    vi: 'Bảng dữ liệu duy nhất nằm trên trang tính đang ẩn. Hãy bỏ ẩn trang đó, hoặc gửi tệp khác.',
    en: 'The only table is on a hidden sheet. Unhide it, or send the file that was meant.',
    ar: 'الجدول الوحيد في ورقة مخفية. أظهرها أو أرسل الملف المقصود.',
  },
  sheets_differ: {
    vi: 'Các trang tính chứa những bảng không đi cùng nhau. Hãy gửi mỗi bảng một tệp, hoặc nêu rõ loại tệp khi nạp.',
    en: 'The sheets hold tables that do not go together. Send each table as a file of its own, or name the kind.',
    ar: 'تحتوي الأوراق على جداول لا تتوافق. أرسل كل جدول في ملف مستقل أو اذكر النوع.',
  },
  encoding_unknown: {
    vi: 'Không xác định được chắc chắn bảng mã của tệp (UTF-8, UTF-16, TCVN3, VNI, VISCII, windows-1258), hoặc tệp trộn nhiều bảng mã. Hãy lưu lại dưới dạng CSV UTF-8, hoặc nêu rõ bảng mã khi nạp (--encoding).',
    en: 'The encoding of the file cannot be told for certain (UTF-8, UTF-16, TCVN3, VNI, VISCII, windows-1258), or the file mixes several. Save it as CSV UTF-8, or name the encoding (--encoding).',
    ar: 'تعذّر تحديد ترميز الملف على وجه اليقين (UTF-8 أو UTF-16 أو TCVN3 أو VNI أو VISCII أو windows-1258)، أو أن الملف يخلط بين عدة ترميزات. يُرجى حفظه بصيغة CSV UTF-8 أو ذكر الترميز (--encoding).',
  },
  header_missing: {
    vi: 'Không tìm thấy dòng tiêu đề trong 50 dòng đầu. Hãy thêm dòng tiêu đề với tên cột đã công bố.',
    en: 'No header was found in the first 50 lines. Add one with the published column names.',
    ar: 'لم يُعثر على سطر عناوين في أول 50 سطرًا. أضف سطرًا بأسماء الأعمدة المنشورة.',
  },
  kind_unknown: {
    vi: 'Các cột của tệp không thuộc loại tệp nào đã biết. Hãy kiểm tra tên cột hoặc nêu rõ loại tệp.',
    en: 'The columns fit no known kind of file. Check the column names, or name the kind.',
    ar: 'أعمدة الملف لا تطابق أي نوع معروف. تحقّق من أسماء الأعمدة أو اذكر النوع.',
  },
  profile_unknown: {
    vi: 'Không có mẫu đọc tệp (profile) với tên này, nên tệp chưa được đọc. Hãy chọn mẫu khác hoặc bỏ trống rồi gửi lại.',
    en: 'There is no mapping profile of that name, so the file was not read. Choose another or leave it out, and send the file again.',
    ar: 'لا يوجد ملف تعيين بهذا الاسم، لذا لم يُقرأ الملف. اختر غيره أو اتركه فارغًا ثم أعد الإرسال.',
  },
  kind_not_allowed: {
    vi: 'Ngân hàng chỉ gửi ba loại tệp: mở tài khoản, chi trả, rút tiền. Tệp này thuộc loại khác nên không được nhận.',
    en: 'A bank hands in three kinds of file: account openings, disbursements, withdrawals. This file is of another kind and was not taken.',
    ar: 'يسلّم المصرف ثلاثة أنواع من الملفات: فتح الحسابات والصرف والسحب. هذا الملف من نوع آخر ولم يُقبل.',
  },
  kind_ambiguous: {
    vi: 'Các cột của tệp hợp với nhiều loại tệp. Hãy nêu rõ loại tệp khi nạp.',
    en: 'The columns fit several kinds of file. Name the kind when loading it.',
    ar: 'أعمدة الملف تطابق عدة أنواع. اذكر النوع عند التحميل.',
  },
  column_missing: {
    vi: 'Tệp thiếu một cột bắt buộc. Hãy thêm cột đó rồi gửi lại.',
    en: 'A required column is missing. Add it and send the file again.',
    ar: 'عمود مطلوب غير موجود. أضفه وأرسل الملف من جديد.',
  },
  column_doubled: {
    vi: 'Một cột xuất hiện hai lần nên không rõ dùng cột nào. Hãy bỏ bớt hoặc đổi tên một cột.',
    en: 'A column appears twice, so it is not clear which one counts. Remove or rename one of them.',
    ar: 'عمود مكرّر فلا يُعرف أيهما المقصود. احذف أحدهما أو غيّر اسمه.',
  },
  quote_unbalanced: {
    vi: 'Một dấu ngoặc kép mở ra mà không đóng lại đúng chỗ. Hãy sửa dòng được nêu rồi gửi lại cả tệp.',
    en: 'A quote opens and is not closed where it should be. Correct the line named and send the whole file again.',
    ar: 'علامة اقتباس فُتحت ولم تُغلق في مكانها. صحّح السطر المذكور وأرسل الملف كله من جديد.',
  },
  line_too_long: {
    vi: 'Một dòng dài hơn 1 MB. Có thể tệp không có dấu xuống dòng hoặc không phải CSV.',
    en: 'A line is longer than 1 MB. The file may lack line breaks, or be no CSV at all.',
    ar: 'سطر أطول من 1 ميغابايت. قد يكون الملف بلا فواصل أسطر أو ليس CSV أصلًا.',
  },
  too_many_columns: {
    vi: 'Một dòng có hơn 500 cột. Hãy kiểm tra dấu phân cách của tệp.',
    en: 'A line has more than 500 columns. Check the separator of the file.',
    ar: 'سطر يحتوي على أكثر من 500 عمود. تحقّق من الفاصل المستخدم في الملف.',
  },
  xml_invalid: {
    vi: 'Tệp XML không đúng cấu trúc. Hãy xuất lại thông điệp từ hệ thống của ngân hàng, không sửa bằng tay.',
    en: 'The XML is not well-formed. Export the message again from the bank\'s system, unedited.',
    ar: 'ملف XML غير سليم البنية. يُرجى تصدير الرسالة من جديد من نظام المصرف دون تعديل.',
  },
  xml_doctype: {
    vi: 'Tệp có khai báo DOCTYPE. Thông điệp thanh toán không cần khai báo này và nó có thể gây hại; hãy gửi tệp không có DOCTYPE.',
    en: 'The file declares a DOCTYPE. No payment message needs one, and it can do harm; send the file without it.',
    ar: 'يحتوي الملف على تصريح DOCTYPE. لا تحتاج إليه أي رسالة دفع وقد يسبب ضررًا؛ أرسل الملف بدونه.',
  },
  xml_limits: {
    vi: 'Tệp XML lồng quá sâu, có thẻ quá lớn hoặc giá trị quá dài so với mọi thông điệp thanh toán. Hãy kiểm tra phần mềm đã tạo ra tệp.',
    en: 'The XML is nested deeper, or holds larger tags or longer values, than any payment message. Check the software that wrote it.',
    ar: 'ملف XML متداخل أعمق من أي رسالة دفع أو يحتوي على وسوم أو قيم أطول منها. تحقّق من البرنامج الذي أنشأه.',
  },
  message_unknown: {
    vi: 'Đây không phải thông điệp thanh toán, hoặc phiên bản, mà hệ thống đọc được. Các thông điệp đọc được: pain.001, pain.002, pacs.004, camt.052, camt.053, camt.054.',
    en: 'This is no message, or no version of one, that is read here. Read are pain.001, pain.002, pacs.004, camt.052, camt.053 and camt.054.',
    ar: 'هذه ليست رسالة أو إصدارًا يُقرأ هنا. الرسائل المقروءة: pain.001 وpain.002 وpacs.004 وcamt.052 وcamt.053 وcamt.054.',
  },
  message_empty: {
    vi: 'Thông điệp chỉ nói về cả một tệp hoặc lô, không nêu từng khoản chi. Hãy yêu cầu ngân hàng gửi báo cáo theo từng giao dịch.',
    en: 'The message speaks of a whole file or batch and names none of its payments. Ask the bank for a report by transaction.',
    ar: 'تتحدث الرسالة عن ملف أو دفعة كاملة ولا تذكر أي دفعة بعينها. اطلب من المصرف تقريرًا بكل معاملة.',
  },
  statement_invalid: {
    vi: 'Sao kê MT940/MT942 thiếu trường bắt buộc hoặc có trường không đọc được. Hãy xuất lại sao kê từ ngân hàng.',
    en: 'The MT940 or MT942 statement lacks a field, or holds one that cannot be read. Export it from the bank again.',
    ar: 'ينقص كشف MT940 أو MT942 حقل أو فيه حقل لا يمكن قراءته. يُرجى تصديره من المصرف من جديد.',
  },
  balance_mismatch: {
    vi: 'Số dư đầu cộng các giao dịch không bằng số dư cuối. Sao kê có thể thiếu giao dịch; hãy yêu cầu ngân hàng gửi lại.',
    en: 'The opening balance and the entries do not come to the closing balance. Entries may be missing; ask the bank for the statement again.',
    ar: 'الرصيد الافتتاحي مع القيود لا يساوي الرصيد الختامي. قد تكون هناك قيود ناقصة؛ اطلب الكشف من المصرف من جديد.',
  },
  statement_conflict: {
    vi: 'Sao kê của tài khoản này với số này đã có trong hệ thống nhưng nội dung khác. Hãy xem sao kê nào đúng; nếu là tệp này, hãy hủy tệp trước rồi gửi lại.',
    en: 'A statement of this account with this number is here already and says otherwise. See which is right; if this one, withdraw the earlier file and send this again.',
    ar: 'يوجد بالفعل كشف لهذا الحساب بهذا الرقم وبمحتوى مختلف. تحقّق أيهما الصحيح؛ فإن كان هذا، فاسحب الملف السابق ثم أرسل هذا من جديد.',
  },
  control_count_mismatch: {
    vi: 'Số dòng khai báo không khớp với số dòng trong tệp. Hãy xem tệp có đủ dòng không, hoặc khai lại cho đúng; chưa dòng nào được nhận.',
    en: 'The declared number of lines is not what the file holds. See whether lines are missing, or declare it anew; no line was taken.',
    ar: 'عدد الأسطر المعلن لا يطابق ما في الملف. تحقّق من اكتمال الأسطر أو صحّح المعلن؛ لم يُقبل أي سطر.',
  },
  control_sum_mismatch: {
    vi: 'Tổng tiền khai báo không khớp với tổng các dòng. Hãy xem tệp có đủ dòng không, hoặc khai lại cho đúng; chưa dòng nào được nhận.',
    en: 'The declared total is not the sum of the lines. See whether lines are missing, or declare it anew; no line was taken.',
    ar: 'المجموع المعلن لا يطابق مجموع الأسطر. تحقّق من اكتمال الأسطر أو صحّح المعلن؛ لم يُقبل أي سطر.',
  },
  key_collision: {
    vi: 'Hai mã khác nhau cho cùng một khóa nội bộ. Hãy báo cho người vận hành hệ thống.',
    en: 'Two different codes gave one internal key. Tell the operator of this installation.',
    ar: 'رمزان مختلفان أعطيا مفتاحًا داخليًا واحدًا. يُرجى إبلاغ مشغّل النظام.',
  },
}
