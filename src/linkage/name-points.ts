/**
 * How much agreeing on a Vietnamese name is worth, token by token: little for Nguyễn, much for a rare surname.
 *
 * The shares are fixed and national, not counted from the lists at hand: a score must not change because other files
 * came (D48). The common surnames are the published national ones; the rest are rounded estimates of how people are called.
 */
import { bankFold } from '../core/index.ts'
import { pointsOfShare } from './score.ts'

/** Points by folded token, from `token:share` with shares in ten thousandths. */
function pointsBy(shares: string): ReadonlyMap<string, number> {
  const summed = new Map<string, number>()
  for (const entry of shares.split(' ')) {
    const [token = '', share = '1'] = entry.split(':')
    const fold = bankFold(token)
    summed.set(fold, (summed.get(fold) ?? 0) + parseInt(share, 10))
  }
  return new Map([...summed].map(([fold, share]) => [fold, pointsOfShare(share, 10_000)]))
}

const surnames = pointsBy('Nguyễn:3800 Trần:1100 Lê:950 Phạm:710 Huỳnh:255 Hoàng:255 Vũ:195 Võ:195 Phan:450 Trương:220 Bùi:200 Đặng:210 Đỗ:140 Ngô:130 Hồ:130 Dương:100 Đinh:100 Lý:80 Lâm:70 Mai:70 Đào:60 Trịnh:60 Hà:60 Cao:50 Đoàn:40 Lương:40 Tạ:40 Châu:40 Phùng:30 Tô:30 Lò:150 Giàng:150 Vàng:150 Sùng:120 Quàng:100 Thào:100 Nông:100 Hoàng:50')
const middleNames = pointsBy('Văn:1900 Thị:3100 Ngọc:650 Thanh:550 Minh:450 Đức:400 Hữu:400 Thu:250 Kim:250 Xuân:300 Công:250 Đình:250 Quốc:300 Quang:200 Hồng:150 Mỹ:150 Trọng:150 Bích:150 Phương:100 Thùy:100 Bá:100 Thế:100 Duy:100 Tiến:100')
const givenNames = pointsBy(
  'Hoa:300 Lan:300 Hương:300 Hồng:250 Mai:250 Hùng:250 Dũng:250 Tuấn:250 Minh:300 Nam:200 Sơn:200 Long:200 Hải:220 Thành:200 Bình:220 Cường:200 Đức:200 Quang:150 Thắng:150 Tâm:200 Hòa:200 Phúc:150 An:180 Khánh:100 Lợi:100 Tài:100 Lộc:100 Vinh:100 Trung:150 Hiếu:150 Nghĩa:100 Đạt:100 Kiên:100 Toàn:100 Phong:100 Việt:100 Chiến:100 Thịnh:100 Hậu:100 Thọ:80 Quý:120 Đông:60 Sang:80 Ba:80 Sáu:80 Chính:80 Khoa:80 Huy:120 ' +
    'Thảo:200 Nga:200 Hà:220 Hạnh:200 Loan:200 Liên:200 Phượng:150 Thủy:250 Yến:150 Dung:150 Nhung:150 Tuyết:150 Trang:150 Linh:170 Ngọc:180 Hằng:150 Oanh:100 Đào:100 Xuân:120 Cúc:100 Lý:100 Vân:150 Thu:170 Thúy:150 Bé:80 Năm:80 Út:60 Nguyệt:100 Châu:100 Trinh:100 Diễm:60 Huệ:100 Sen:80 Mận:60 Tươi:60 Thơm:60 Tám:60 Bảy:60 Hai:60 Tư:60 Chín:50 Anh:250 Phương:180 Bích:60 Chi:60 Giang:100 Hiền:180 Hiệp:80 Hoàng:120 Hưng:120 Khang:50 Kim:60 Lâm:80 Lương:50 Mạnh:80 My:50 Ngân:80 Nguyên:80 Nhi:60 Như:60 Phú:80 Quân:80 Quyên:60 Quỳnh:70 Tân:60 Thanh:170 Thái:70 Thiện:50 Thoa:60 Tiến:80 Tình:50 Tùng:80 Tú:70 Uyên:40 Vy:40 Vũ:60 Ý:30 Điệp:50 Định:60 Đoàn:30 Duyên:70 Gấm:30 Hân:30 Hoan:40 Hoàn:60 Hợi:30 Hợp:50 Huyền:90 Lành:40 Lam:40 Luyến:40 Lụa:40 Miền:30 Mùi:40 Nhàn:60 Nhân:60 Nở:30 Phin:20 Thoại:20 Thuận:70 Tho:30 Tịnh:20 Tuyên:30 Vui:30 Xuyến:40',
)

/** A surname beyond the table; kept below what its national share would give, since such names live close together. */
const rareSurnamePoints = 80
const rareMiddlePoints = 60
const rareGivenPoints = 75

/** What agreeing on a whole folded name is worth: its tokens' points together, each by its place. */
export function namePoints(fold: string): number {
  const tokens = fold.split(' ')
  return tokens.reduce((sum, token, index) => {
    if (index === 0) return sum + (surnames.get(token) ?? rareSurnamePoints)
    if (index === tokens.length - 1) return sum + (givenNames.get(token) ?? rareGivenPoints)
    return sum + (middleNames.get(token) ?? rareMiddlePoints)
  }, 0)
}

/** True for a folded token that people are called by: between two of them there is no slip of the pen. */
export function isGivenName(token: string): boolean {
  return givenNames.has(token) || middleNames.has(token)
}
