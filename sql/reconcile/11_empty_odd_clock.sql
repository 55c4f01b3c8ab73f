-- What: empties the half of the clocks that is not published, where a full run is about to write.
-- Reads: nothing
-- Writes: nothing; what it takes away is not published
-- Rule: the published clocks are in the other half; who reads them notices nothing.
-- Why here: before the first clock is written. Without its indexes, as after any load.

truncate entitlement_clock_odd;
select drop_clock_indexes('odd');
