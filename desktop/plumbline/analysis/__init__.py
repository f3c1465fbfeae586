"""From minute records to days and weeks: pure functions on arrays, no Qt, no files.

A minute record covers the 60 s from its `utc_s`; its layout is
`plumbline.store.rows.MINUTE_DTYPE`. Durations are whole seconds, instants UTC seconds.
"""
