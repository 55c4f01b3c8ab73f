/** What waits to be told to banks: an event is laid out to places, and each place is told, in the background. */
import { deliver, layOutDeliveries, type TellingSurroundings } from '../notices/index.ts'

/** `tell_bank`: lays an event out. */
export async function tellBank({ event_id: eventId = '' }: Readonly<Record<string, string>>, surroundings: TellingSurroundings): Promise<void> {
  await layOutDeliveries(surroundings, eventId)
}

/** `deliver`: one attempt at one delivery; a failed one has left the next. */
export async function deliverNotice({ delivery_id: deliveryId = '' }: Readonly<Record<string, string>>, surroundings: TellingSurroundings): Promise<void> {
  await deliver(surroundings, deliveryId)
}
