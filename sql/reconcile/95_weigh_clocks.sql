-- What: tells the planner what is in the half of the clocks that a full run has filled.
-- Reads: entitlement_clock
-- Writes: nothing but statistics
-- Rule: an increment changes few of them, and leaves this to the server.
-- Why here: all clocks are there, and pages will ask for them.

select analyze_rows('entitlement_clock');
