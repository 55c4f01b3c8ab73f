/** The door of the room `notices`: where banks are told, what they were told, and the telling. */
export { alarmPlaces, tellAlarm, type Alarm, type AlarmSettings } from './alarm.ts'
export { isOpen } from './guard.ts'
export { listDeliveries, type DeliveryRow } from './log.ts'
export { type MailSettings } from './mail.ts'
export { addEndpoint, changeSecret, eventKinds, findEndpoint, listEndpoints, pingEndpoint, putMailAddress, removeEndpoint, removeMailAddress, type Endpoint, type EventKind, type PlaceAuthor } from './places.ts'
export { deliver, layOutDeliveries, leaveUntold, redeliver, type NoticeSettings, type TellingSurroundings } from './telling.ts'
