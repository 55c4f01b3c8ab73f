/** Chữ trên trang nhật ký: ai đã làm gì, khi nào, vì sao, và nhật ký có còn nguyên vẹn không. */
export const trail = {
  title: 'Nhật ký', lead: 'Ai đã làm gì, khi nào và vì sao. Không ai sửa hay xóa được mà không bị phát hiện.',
  link: 'Xem nhật ký',
  filter: 'Lọc nhật ký', from: 'Từ ngày', to: 'Đến ngày', who: 'Người làm', kind: 'Việc', unit: 'Mã đơn vị của người làm', about: 'Về hồ sơ, tệp, danh sách', aboutHint: 'Ví dụ: file 12', all: 'Tất cả', apply: 'Lọc', reset: 'Bỏ lọc',
  empty: 'Không có việc nào khớp với bộ lọc.', list: 'Các việc, mới nhất trước', system: 'Hệ thống', unknown: 'Người lạ', onlyThis: 'Chỉ xem việc của người này', entry: (number: string) => `Số ${number}`, because: (reason: string) => `Lý do: ${reason}`, older: 'Cũ hơn', newest: 'Mới nhất', pages: 'Trang nhật ký',
  about_: { case: 'hồ sơ', file: (id: string) => `tệp ${id}`, run: (id: string) => `lần đối soát ${id}`, key: (id: string) => `khóa ${id}`, queue: 'danh sách cần xử lý', files: 'danh sách tệp', trail: 'nhật ký', administration: 'danh sách tài khoản' },
  exported: (count: string, format: string) => `${count} dòng, ${format}`, exportedWhole: 'số đầy đủ', events: (count: string) => `${count} việc`, asOf: (day: string) => `đến hết ngày ${day}`,
  chainTitle: 'Nhật ký có còn nguyên vẹn không',
  chain: (entries: string) => `Nhật ký có ${entries} việc nối thành một chuỗi: sửa hay bỏ một việc làm đứt chuỗi từ chỗ đó.`,
  signed: (moment: string, number: string) => `Ký xác nhận lần gần nhất: ${moment}, đến việc thứ ${number}.`, unsigned: 'Chưa ký xác nhận lần nào. Hệ thống ký mỗi đêm.',
  check: 'Kiểm tra ngày gần nhất', checkHint: 'Kiểm tra toàn bộ: tantay verify audit',
  whole: (from: string, to: string) => `Nguyên vẹn từ việc thứ ${from} đến việc thứ ${to}.`, nothingNew: 'Từ lần ký trước đến nay không có việc nào mới.',
  broken: 'Nhật ký không còn nguyên vẹn', brokenNext: 'Ghi lại số dưới đây, không tắt máy chủ, và báo ngay cho cơ quan thanh tra.', brokenAt: (number: string) => `Chỗ đầu tiên: việc thứ ${number}`,
  faults: {
    content_changed: 'Nội dung một việc đã bị sửa.', entry_missing: 'Một việc đã bị xóa.', entry_not_chained: 'Có việc được chèn vào ngoài chuỗi.', chain_broken: 'Thứ tự các việc đã bị thay đổi.', person_taken_away: 'Có việc bị gỡ tên người mà không ghi lại.',
    history_rebuilt: 'Chuỗi đã bị làm lại từ một chỗ trong quá khứ.', cut_at_tail: 'Phần cuối nhật ký đã bị cắt, hoặc một bản cũ được đưa trở lại.', head_missing: 'Mất một lần ký xác nhận.', head_differs: 'Một lần ký xác nhận đã bị sửa.', signature_wrong: 'Chữ ký không đúng.',
    row_changed: 'Một dòng dữ liệu đã bị sửa sau khi ghi.', row_missing: 'Một dòng dữ liệu đã bị xóa.', row_without_entry: 'Có dòng dữ liệu không ai ghi nhận đã làm.',
  },
}
