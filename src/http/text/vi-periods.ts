/** Chữ trên các trang kỳ chi: danh sách kỳ, một kỳ, biên bản. */
export const periods = {
  navigation: 'Các trang kỳ chi',
  pages: { periods: 'Kỳ chi', settlement: 'Quyết toán', monthlyReport: 'Báo cáo tháng' },
  title: 'Kỳ chi',
  lead: 'Mỗi tháng hưởng được chốt một lần, khi số phải chi và số đã chi khớp nhau đến từng đồng.',
  empty: 'Chưa có tháng hưởng nào trong kết quả đối soát.',
  month: 'Tháng hưởng', due: 'Phải chi', arrived: 'Đã đến nơi', missing: 'Chưa đến',
}
