/** What an alarm says to whoever runs the installation: Vietnamese first, then English; nothing of any person. */
import type { Alarm } from './alarm.ts'

interface Words {
  readonly subject: Readonly<Record<Alarm['kind'] | 'well_again', string>>
  readonly said: Readonly<Record<Alarm['kind'] | 'well_again', (night: string, published: string) => string>>
  readonly none: string
  readonly reason: (words: string) => string
  readonly reasons: Readonly<Record<string, string>>
  readonly see: (address: string) => string
}

const vi: Words = {
  subject: { night_late: 'Kết quả đối soát đêm chưa có', night_failed: 'Đối soát đêm không thành', proof_failed: 'Bước sau đối soát đêm chưa xong', database_away: 'Không kết nối được cơ sở dữ liệu', well_again: 'Đối soát đêm đã hoạt động lại' },
  said: {
    night_late: (night, published) => `Đã quá 6 giờ sáng mà chưa có kết quả tính đến hết ngày ${night}. Các trang vẫn hiện kết quả ngày ${published}.`,
    night_failed: (night, published) => `Đối soát tính đến hết ngày ${night} không thành. Các trang vẫn hiện kết quả ngày ${published}.`,
    proof_failed: (night) => `Kết quả ngày ${night} đã công bố, nhưng một bước sau đó không xong.`,
    database_away: () => 'Máy chủ không kết nối được cơ sở dữ liệu. Khi kết nối lại được, đêm còn thiếu sẽ tự chạy.',
    well_again: (_, published) => `Mọi việc bình thường trở lại. Kết quả mới nhất tính đến hết ngày ${published}.`,
  },
  none: '(chưa có)',
  reason: (words) => `Lý do: ${words}`,
  reasons: {
    database_away: 'mất kết nối cơ sở dữ liệu.', disk_full: 'hết chỗ trên đĩa.', statement_timeout: 'một câu lệnh quá thời gian cho phép.', out_of_memory: 'hết bộ nhớ.', read_only: 'cơ sở dữ liệu chỉ cho đọc.', locked: 'dữ liệu bị khóa bởi việc khác.',
    check_failed: 'một phép kiểm tra không đạt nên không công bố gì.', increment_differs: 'chứng minh cho thấy kết quả khác với tính lại toàn bộ.', server_died: 'máy chủ dừng giữa chừng (bị tắt hoặc hết bộ nhớ).', error: 'lỗi ngoài dự kiến; xem nhật ký máy chủ.',
  },
  see: (address) => `Xem: ${address}`,
}

const en: Words = {
  subject: { night_late: 'the night’s result is late', night_failed: 'the night has failed', proof_failed: 'what follows the night’s result is not done', database_away: 'the database cannot be reached', well_again: 'the nights are well again' },
  said: {
    night_late: (night, published) => `It is past six and there is no result as of ${night} yet. Pages go on showing that of ${published}.`,
    night_failed: (night, published) => `The night of ${night} has failed. Pages go on showing the result of ${published}.`,
    proof_failed: (night) => `The result of ${night} is published, but something after it did not work.`,
    database_away: () => 'The server cannot reach its database. Once it can, missing nights follow by themselves.',
    well_again: (_, published) => `All is well again. The newest result is as of ${published}.`,
  },
  none: '(none yet)',
  reason: (words) => `Reason: ${words}`,
  reasons: {
    database_away: 'the database could not be reached.', disk_full: 'the disk is full.', statement_timeout: 'a statement took longer than allowed.', out_of_memory: 'out of memory.', read_only: 'the database can only be read.', locked: 'something else held locks.',
    check_failed: 'a check did not hold, so nothing was published.', increment_differs: 'the proof found a result that a full run does not give.', server_died: 'the server ended in the middle (killed, or out of memory).', error: 'something unforeseen; see the server’s log.',
  },
  see: (address) => `See: ${address}`,
}

/** Subject and text of the e-mail. */
export function alarmText({ kind, phase, asOf, failureCode, failurePlace, publishedAsOf }: Alarm, publicUrl: string | null): { readonly subject: string; readonly text: string } {
  const name = phase === 'raised' ? kind : 'well_again'
  const paragraphs = [vi, en].map((words) => [
    words.said[name](asOf ?? words.none, publishedAsOf ?? words.none),
    ...(phase === 'raised' && failureCode !== null ? [words.reason(`${words.reasons[failureCode] ?? failureCode}${failurePlace === null ? '' : ` (${failurePlace})`}`)] : []),
    ...(publicUrl === null ? [] : [words.see(`${publicUrl}/runs${asOf === null ? '' : `/${asOf}`}`)]),
  ].join('\n'))
  return { subject: `Tận Tay: ${vi.subject[name]} / ${en.subject[name]}`, text: `${paragraphs.join('\n\n')}\n` }
}
